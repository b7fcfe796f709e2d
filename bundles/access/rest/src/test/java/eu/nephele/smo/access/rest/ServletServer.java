// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;

/** Resources behind the web server of the product, without its front and its gate. */
public final class ServletServer implements AutoCloseable {

    private static final int THREADS = 24;

    private final Server server = new Server(new QueuedThreadPool(THREADS, 2));
    private final ServerConnector connector = new ServerConnector(server, 1, 1);

    public ServletServer(ResourceConfig resources) {
        ServletContextHandler context = new ServletContextHandler("/");
        ServletHolder holder = new ServletHolder(new ServletContainer(resources));
        holder.setAsyncSupported(true);
        context.addServlet(holder, "/*");
        server.setHandler(new Cuts(context));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setStopTimeout(0);
        try {
            server.start();
        } catch (Exception broken) {
            throw new IllegalStateException("the web server of a test", broken);
        }
    }

    /** As the front does. */
    private static final class Cuts extends Handler.Wrapper {

        Cuts(Handler next) {
            super(next);
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            request.setAttribute("smo.front.cut", (Runnable)
                    request.getConnectionMetaData().getConnection().getEndPoint()::close);
            return super.handle(request, response, callback);
        }
    }

    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception broken) {
            throw new IllegalStateException("the web server of a test", broken);
        }
    }
}
