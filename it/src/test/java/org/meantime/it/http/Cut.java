package org.meantime.it.http;

import java.io.IOException;
import java.net.Socket;

/** How a client leaves in the middle of what it sends. */
public enum Cut {
  /** The sending half of the connection ends, under TLS without a word of it. */
  FIN {
    @Override
    void of(Socket plain, Socket socket) throws IOException {
      plain.shutdownOutput();
    }
  },
  /** The connection is gone. */
  RESET {
    @Override
    void of(Socket plain, Socket socket) throws IOException {
      plain.setSoLinger(true, 0);
      plain.close();
    }
  },
  /** TLS says good-bye, then as {@link #FIN}. */
  CLOSE_NOTIFY {
    @Override
    void of(Socket plain, Socket socket) throws IOException {
      socket.shutdownOutput();
      if (!plain.isOutputShutdown()) {
        plain.shutdownOutput();
      }
    }
  };

  abstract void of(Socket plain, Socket socket) throws IOException;
}
