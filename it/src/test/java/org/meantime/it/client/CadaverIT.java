package org.meantime.it.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.meantime.it.http.Dav;
import org.meantime.it.server.User;

/** cadaver: a session at the command line. */
class CadaverIT extends RealClient {
  @Test
  void session_leavesWhatItWasToldTo() throws IOException {
    Tool cadaver = Tool.find("cadaver");
    Files.writeString(cadaver.folder().resolve("one.txt"), "one");
    Dav dav = Dav.inNewCollection();
    String output =
        session(
            cadaver,
            dav,
            "mkcol c",
            "put one.txt c/one.txt",
            "copy c/one.txt c/two.txt",
            "move c/two.txt three.txt",
            "lock three.txt",
            "showlocks",
            "unlock three.txt",
            "propset three.txt colour blue",
            "propget three.txt colour",
            "get three.txt back.txt",
            "delete c/one.txt",
            "ls c",
            "ls");
    assertFalse(output.contains("failed"), output);
    assertTrue(output.contains("blue"), output);
    assertEquals("one", dav.get("/three.txt").is(200).text());
    assertEquals("one", Files.readString(cadaver.folder().resolve("back.txt")));
    dav.get("/c/one.txt").is(404);
    dav.get("/c/two.txt").is(404);
  }

  @Test
  void documentLockedByAnother_isNotOverwritten() throws IOException {
    Tool cadaver = Tool.find("cadaver");
    Files.writeString(cadaver.folder().resolve("a.txt"), "mine");
    Dav dav = Dav.inNewCollection();
    dav.put("/a.txt", "theirs").is(201);
    dav.by(User.WRITER2).lock("/a.txt", "exclusive").is(200);
    String output = session(cadaver, dav, "put a.txt");
    assertTrue(output.contains("423"), output);
    assertEquals("theirs", dav.get("/a.txt").text());
  }

  private static String session(Tool cadaver, Dav dav, String... commands) throws IOException {
    String login =
        "machine 127.0.0.1 login %s password %s\n"
            .formatted(User.WRITER.username(), User.WRITER.password());
    Files.writeString(cadaver.folder().resolve(".netrc"), login);
    return cadaver.run(List.of(commands), dav.url("/"));
  }
}
