package org.meantime.it.bench.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.meantime.it.bench.wire.Target;

/**
 * Does what the lines on its standard input say, and answers each with a line. Stays, so that what
 * its compiler learnt is not lost.
 */
final class WorkloadClient {
  private WorkloadClient() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line; (line = commands.readLine()) != null; ) {
      out.println(obey(line.split(" ")).line());
    }
  }

  /**
   * @param command what to do, with which workload, on which server
   */
  private static Figures obey(String... command) throws InterruptedException {
    Site site = new Site(Target.parse(command[2]), new Figures());
    Workload workload = Workload.valueOf(command[1]);
    try {
      if (command[0].equals("prepare")) {
        workload.prepare(site);
      } else {
        site.settle();
        workload.run(site);
      }
    } catch (IOException e) {
      site.figures().wrong(1, e.toString());
    }
    return site.figures();
  }
}
