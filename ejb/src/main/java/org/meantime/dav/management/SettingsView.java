package org.meantime.dav.management;

import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.InvalidAttributeValueException;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.ReflectionException;
import org.meantime.dav.settings.Setting;
import org.meantime.dav.settings.Settings;

/**
 * The settings as JMX shows them: an attribute of text for each, under its own name, which can be
 * written where the setting may change; {@code origins}, one line for each that says where its
 * value is from; and {@code change}, which writes one and returns in words what came of it. Payara
 * Server's connector hides the reason of whatever is thrown here in an {@link
 * java.lang.reflect.UndeclaredThrowableException}.
 */
final class SettingsView implements DynamicMBean {
  private static final System.Logger LOG = System.getLogger(SettingsView.class.getName());
  private static final String ORIGINS = "origins";
  private static final String CHANGE = "change";

  private final Application application = new Application();
  private final Settings settings;

  SettingsView(Settings settings) {
    this.settings = settings;
  }

  @Override
  public Object getAttribute(String name) throws AttributeNotFoundException {
    if (name.equals(ORIGINS)) {
      return application.call(this::origins);
    }
    Setting setting = setting(name);
    return application.call(() -> settings.text(setting));
  }

  private String[] origins() {
    return Arrays.stream(Setting.values())
        .map(setting -> setting.key() + ": " + settings.origin(setting))
        .toArray(String[]::new);
  }

  @Override
  public void setAttribute(Attribute attribute)
      throws AttributeNotFoundException, InvalidAttributeValueException {
    Setting setting = setting(attribute.getName());
    if (!setting.changeable()) {
      throw new AttributeNotFoundException(setting.key() + " is read when the application starts");
    }
    if (!(attribute.getValue() instanceof String text)) {
      throw new InvalidAttributeValueException(setting.key() + " takes text");
    }
    try {
      application.call(
          () -> {
            settings.change(setting, text, "JMX");
            return null;
          });
    } catch (IllegalArgumentException e) {
      throw new InvalidAttributeValueException(e.getMessage());
    }
  }

  private static Setting setting(String name) throws AttributeNotFoundException {
    Optional<Setting> found =
        Arrays.stream(Setting.values()).filter(setting -> setting.key().equals(name)).findFirst();
    return found.orElseThrow(() -> new AttributeNotFoundException("there is no setting " + name));
  }

  @Override
  public AttributeList getAttributes(String[] names) {
    AttributeList found = new AttributeList();
    for (String name : names) {
      try {
        found.add(new Attribute(name, getAttribute(name)));
      } catch (JMException e) {
        LOG.log(Level.DEBUG, "left out, as the contract has it", e);
      }
    }
    return found;
  }

  @Override
  public AttributeList setAttributes(AttributeList attributes) {
    AttributeList set = new AttributeList();
    for (Attribute attribute : attributes.asList()) {
      try {
        setAttribute(attribute);
        set.add(attribute);
      } catch (JMException e) {
        LOG.log(Level.WARNING, "not changed: {0}", e.getMessage());
      }
    }
    return set;
  }

  @Override
  public Object invoke(String action, Object[] parameters, String[] signature)
      throws ReflectionException {
    if (action.equals(CHANGE)
        && parameters.length == 2
        && parameters[0] instanceof String name
        && parameters[1] instanceof String value) {
      return change(name, value);
    }
    throw new ReflectionException(new NoSuchMethodException(action));
  }

  private String change(String name, String value) {
    try {
      setAttribute(new Attribute(name, value));
      return name + "=" + getAttribute(name);
    } catch (JMException e) {
      return "not changed: " + e.getMessage();
    }
  }

  @Override
  public MBeanInfo getMBeanInfo() {
    Stream<MBeanAttributeInfo> each =
        Arrays.stream(Setting.values())
            .map(
                setting ->
                    attribute(
                        setting.key(),
                        String.class,
                        "default: " + setting.byDefault(),
                        setting.changeable()));
    Stream<MBeanAttributeInfo> origins =
        Stream.of(attribute(ORIGINS, String[].class, "where each value is from", false));
    return new MBeanInfo(
        Settings.class.getName(),
        "the settings in force",
        Stream.concat(each, origins).toArray(MBeanAttributeInfo[]::new),
        null,
        new MBeanOperationInfo[] {
          new MBeanOperationInfo(
              CHANGE,
              "gives a setting another value, and says what came of it",
              new MBeanParameterInfo[] {
                parameter("setting", "its name"), parameter("value", "the new one")
              },
              String.class.getName(),
              MBeanOperationInfo.ACTION)
        },
        null);
  }

  private static MBeanParameterInfo parameter(String name, String description) {
    return new MBeanParameterInfo(name, String.class.getName(), description);
  }

  private static MBeanAttributeInfo attribute(
      String name, Class<?> type, String description, boolean writable) {
    return new MBeanAttributeInfo(name, type.getName(), description, true, writable, false);
  }
}
