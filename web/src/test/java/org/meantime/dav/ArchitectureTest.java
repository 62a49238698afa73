package org.meantime.dav;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Holds the rooms of ARCHITECTURE.md and the arrows between them, which point down only. */
@AnalyzeClasses(packages = "org.meantime", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "org.meantime.dav";

  /** Who may use whom. The root package, the vocabulary, is called dav here. */
  private static final Map<String, Set<String>> ARROWS = new LinkedHashMap<>();

  static {
    arrow("dav", "");
    arrow("settings", "dav");
    arrow("xml", "dav");
    arrow("request", "xml dav settings");
    arrow("store", "dav settings");
    arrow("lock", "dav settings");
    arrow("store.repository", "operation store lock dav settings");
    arrow("property", "lock store request xml dav settings");
    arrow("operation", "request xml dav settings");
    arrow("management", "operation store request dav settings");
    arrow("method", "property lock store operation request xml dav settings");
    arrow("web.interim", "operation dav settings");
    arrow("web", "web.interim management method operation request xml dav settings");
  }

  private static void arrow(String from, String to) {
    ARROWS.put(from, Stream.of(to.split(" ")).filter(name -> !name.isEmpty()).collect(toSet()));
  }

  private static String room(JavaClass type) {
    String name = type.getPackageName();
    return name.equals(ROOT) ? "dav" : name.substring(ROOT.length() + 1);
  }

  private static DescribedPredicate<JavaClass> in(String room) {
    return DescribedPredicate.describe(
        "in " + room, type -> type.getPackageName().startsWith(ROOT) && room(type).equals(room));
  }

  private static DescribedPredicate<JavaClass> outsideTheReachOf(String room) {
    return DescribedPredicate.describe(
        "of ours that " + room + " may not use",
        type ->
            type.getPackageName().startsWith(ROOT)
                && !room(type).equals(room)
                && !ARROWS.get(room).contains(room(type)));
  }

  @ArchTest
  static void everyPackage_isARoomOfTheTable(JavaClasses classes) {
    Set<String> unknown =
        classes.stream()
            .map(ArchitectureTest::room)
            .filter(room -> !ARROWS.containsKey(room))
            .collect(toSet());
    assertEquals(Set.of(), unknown);
  }

  @ArchTest
  static void arrows_pointDownOnly(JavaClasses classes) {
    for (String room : ARROWS.keySet()) {
      noClasses()
          .that(in(room))
          .should()
          .dependOnClassesThat(outsideTheReachOf(room))
          .allowEmptyShould(true) // a room that is not built yet
          .check(classes);
    }
  }

  @ArchTest
  static final ArchRule ofTheMethods_onlyTheProcessorIsKnownOutside =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + ".method")
          .should()
          .dependOnClassesThat(
              DescribedPredicate.describe(
                  "methods other than Processor",
                  type -> in("method").test(type) && !type.getSimpleName().equals("Processor")));

  @ArchTest
  static final ArchRule packages_haveNoCycles =
      slices().matching(ROOT + ".(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule theServletApi_isSeenInWebOnly =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + ".web..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jakarta.servlet..");

  @ArchTest
  static final ArchRule vendorClasses_areSeenInAdaptersOnly =
      noClasses()
          .that(
              DescribedPredicate.describe(
                  "are no adapters of web.interim",
                  type -> !in("web.interim").test(type) || !isAdapter(type)))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.glassfish..",
              "org.apache.catalina..",
              "fish.payara..",
              "io.undertow..",
              "org.wildfly..",
              "org.xnio..");

  @ArchTest
  static final ArchRule packages_areNamedForWhatTheyHold =
      noClasses()
          .should()
          .resideInAnyPackage("..util..", "..helper..", "..common..", "..impl..", "..misc..");

  /** It means that the client is gone: nothing else on the way may say so. */
  @ArchTest
  static final ArchRule uncheckedIoExceptions_comeFromTheClientOnly =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(ROOT + ".web.ClientStream")
          .and()
          .doNotHaveFullyQualifiedName(ROOT + ".operation.Operation")
          .and()
          .doNotHaveFullyQualifiedName(ROOT + ".request.KnownBodies")
          .and()
          .resideOutsideOfPackage(ROOT + ".xml")
          .should()
          .callConstructor(UncheckedIOException.class, IOException.class)
          .orShould()
          .callConstructor(UncheckedIOException.class, String.class, IOException.class);

  private static boolean isAdapter(JavaClass type) {
    JavaClass outermost = type;
    while (outermost.getEnclosingClass().isPresent()) {
      outermost = outermost.getEnclosingClass().get();
    }
    return outermost.getSimpleName().matches("(Grizzly|Undertow).*");
  }
}
