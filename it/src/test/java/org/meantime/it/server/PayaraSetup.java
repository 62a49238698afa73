package org.meantime.it.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the tests tell a Payara beyond {@code docs/payara.asadmin}. */
final class PayaraSetup {
  private PayaraSetup() {}

  /** Commands that make the users, and the executor that a test fills. */
  static List<String> commands(Path folder) throws IOException {
    List<String> commands = new ArrayList<>();
    for (User user : User.known()) {
      if (user == User.UMLAUT) {
        continue; // asadmin reads passwords in the charset of its JVM
      }
      Path password = folder.resolve(user.username() + ".password");
      Files.writeString(password, "AS_ADMIN_USERPASSWORD=" + user.password());
      String groups = user.roles().isEmpty() ? "" : "--groups " + String.join(":", user.roles());
      commands.add(
          String.join(
              " ",
              List.of(
                  "create-file-user", groups, "--passwordfile", "" + password, user.username())));
    }
    commands.add(
        "create-managed-executor-service --corepoolsize 2 --maximumpoolsize 2"
            + " --taskqueuecapacity 0 concurrent/two");
    return commands;
  }
}
