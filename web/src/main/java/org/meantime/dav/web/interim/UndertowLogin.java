package org.meantime.dav.web.interim;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.util.AttachmentKey;
import io.undertow.util.Headers;
import jakarta.servlet.ServletContext;
import java.util.Collection;

/**
 * Leaves it to the application when credentials are looked at. WildFly looks at them before it
 * calls the application, answers those it refuses itself, and 500 where it cannot read them; so it
 * does not see them until it has called.
 */
public final class UndertowLogin implements ServletExtension {
  private static final AttachmentKey<Collection<String>> FIELD =
      AttachmentKey.create(Collection.class);

  @Override
  public void handleDeployment(DeploymentInfo application, ServletContext context) {
    application.addInitialHandlerChainWrapper(next -> exchange -> hide(exchange, next));
    application.addInnerHandlerChainWrapper(next -> exchange -> show(exchange, next));
  }

  private static void hide(HttpServerExchange exchange, HttpHandler next) throws Exception {
    Collection<String> field = exchange.getRequestHeaders().remove(Headers.AUTHORIZATION);
    if (field != null) {
      exchange.putAttachment(FIELD, field);
    }
    next.handleRequest(exchange);
  }

  private static void show(HttpServerExchange exchange, HttpHandler next) throws Exception {
    Collection<String> field = exchange.removeAttachment(FIELD);
    if (field != null) {
      exchange.getRequestHeaders().putAll(Headers.AUTHORIZATION, field);
    }
    next.handleRequest(exchange);
  }
}
