package org.meantime.dav.property;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.regex.Pattern;

/** Media types by the extensions of names, from the table of the project mime-db. */
final class TypesByName {
  private static final String TABLE = "mime-db/db.json";
  private static final Pattern OF_ITS_OWN_TREE = Pattern.compile("[^/]+/(x-|(x|vnd|prs)\\.).*");
  private static final Map<String, Type> TYPES = read();

  /**
   * A media type.
   *
   * @param registered whether IANA knows it
   */
  private record Type(String name, boolean registered) {
    /** The better one of those that have one extension comes last. */
    static final Comparator<Type> WORSE_FIRST =
        Comparator.comparing((Type type) -> !OF_ITS_OWN_TREE.matcher(type.name).matches())
            .thenComparing(Type::registered)
            .thenComparing(type -> !type.isText()) // XML says itself how it is encoded
            .thenComparing(type -> !type.name.startsWith("application/"))
            .thenComparing(type -> -type.name.length());

    boolean isText() {
      return name.startsWith("text/");
    }
  }

  private TypesByName() {}

  /** The media type of a document of that name; of text, with the encoding that most text has. */
  static Optional<String> of(String name) {
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return Optional.of(extension)
        .filter(it -> it.length() < name.length())
        .map(TYPES::get)
        .map(type -> type.isText() ? type.name + "; charset=utf-8" : type.name);
  }

  private static Map<String, Type> read() {
    try (InputStream table = TypesByName.class.getResourceAsStream(TABLE);
        JsonReader reader = Json.createReader(table)) {
      Map<String, Type> types = new HashMap<>();
      reader.readObject().forEach((name, facts) -> add(name, facts.asJsonObject(), types));
      return Map.copyOf(types);
    } catch (IOException e) {
      throw new IllegalStateException("the archive cannot be read", e);
    }
  }

  private static void add(String name, JsonObject facts, Map<String, Type> types) {
    Type type = new Type(name, facts.getString("source", "").equals("iana"));
    if (facts.containsKey("extensions")) {
      for (JsonString extension : facts.getJsonArray("extensions").getValuesAs(JsonString.class)) {
        types.merge(extension.getString(), type, BinaryOperator.maxBy(Type.WORSE_FIRST));
      }
    }
  }
}
