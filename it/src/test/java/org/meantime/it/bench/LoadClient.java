package org.meantime.it.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Scanner;
import org.meantime.it.http.Dav;
import org.meantime.it.server.Server;
import org.meantime.it.server.User;

/**
 * Many COPYs at once, each on a connection of its own, all on one thread; a program of its own, so
 * that what it takes is not counted as the server's. Reads the beginning and the end of the
 * measurement as lines, and writes what it saw once every request has its final response.
 */
final class LoadClient {
  /** Of new requests, so that none waits for long before it is at work. */
  private static final int PER_SECOND = 500;

  private final Selector selector;
  private final Dav dav;
  private final int many;
  private final List<HeldRequest> requests = new ArrayList<>();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
  private int ended;
  private volatile long from;
  private volatile long to;

  private LoadClient(Dav dav, int many) throws IOException {
    selector = Selector.open();
    this.dav = dav;
    this.many = many;
  }

  /**
   * @param args the collection with the document to copy, and how often
   */
  public static void main(String[] args) throws IOException {
    LoadClient client = new LoadClient(new Dav(User.WRITER, args[0]), Integer.parseInt(args[1]));
    Thread marks = new Thread(client::readMarks, "marks");
    marks.setDaemon(true);
    marks.start();
    client.run();
    Jitter.of(client.requests, client.from, client.to).write(System.out);
  }

  /** One line at the beginning, one at the end. Where there are none, nobody wants to know. */
  private void readMarks() {
    try (Scanner lines = new Scanner(System.in)) {
      lines.nextLine();
      from = System.nanoTime();
      lines.nextLine();
      to = System.nanoTime();
    } catch (NoSuchElementException e) {
      System.exit(1);
    }
  }

  private void run() throws IOException {
    long begun = System.nanoTime();
    while (requests.size() < many) {
      long sent = (System.nanoTime() - begun) * PER_SECOND / 1_000_000_000;
      while (requests.size() < Math.min(sent, many)) {
        open();
      }
      selector.select(this::ready, 1);
    }
    while (ended < many) {
      selector.select(this::ready);
    }
    selector.selectNow(this::ready); // what comes after a final response is one too many
  }

  private void open() throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.configureBlocking(false);
    String copy = dav.href("/copy-" + requests.size());
    HeldRequest request =
        new HeldRequest(dav.request("COPY", "/a").header("Destination", copy).bytes());
    requests.add(request);
    boolean connected = channel.connect(new InetSocketAddress("127.0.0.1", Server.port()));
    SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT, request);
    if (connected) {
      send(key, request);
    }
  }

  private void ready(SelectionKey key) {
    HeldRequest request = (HeldRequest) key.attachment();
    boolean before = request.ended();
    try {
      if (key.isConnectable()) {
        send(key, request);
      } else {
        receive(key, request);
      }
    } catch (IOException e) {
      request.lost();
      key.cancel();
    }
    if (request.ended() && !before) {
      ended++;
    }
  }

  private void send(SelectionKey key, HeldRequest request) throws IOException {
    SocketChannel channel = (SocketChannel) key.channel();
    channel.finishConnect();
    ByteBuffer bytes = ByteBuffer.wrap(request.bytes());
    while (bytes.hasRemaining()) {
      channel.write(bytes); // a new connection takes that much at once
    }
    key.interestOps(SelectionKey.OP_READ);
  }

  private void receive(SelectionKey key, HeldRequest request) throws IOException {
    int read = ((SocketChannel) key.channel()).read(buffer.clear());
    if (read < 0) {
      request.lost();
      key.cancel();
    } else {
      request.take(buffer.flip(), System.nanoTime());
    }
  }
}
