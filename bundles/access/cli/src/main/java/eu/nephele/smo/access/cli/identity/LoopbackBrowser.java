// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.identity;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Listens on the loopback address for a browser that comes back from a login (RFC 8252, 7.3), at a port and a path that are new each
 * time. What does not bring the state of this login is not heard.
 */
final class LoopbackBrowser implements AutoCloseable {

    private static final String PATH = "/callback";
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;

    /**
     * What the browser brings.
     *
     * @param error "" for none
     */
    record Arrival(String code, String error) {

        @Override
        public String toString() {
            return "Arrival[%s]".formatted(error);
        }
    }

    /** Of IPv4: providers are told this address, whatever this machine prefers. */
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private final HttpServer server;
    private final CompletableFuture<Arrival> arrived = new CompletableFuture<>();
    private final CompletableFuture<String> expected = new CompletableFuture<>();

    private LoopbackBrowser(HttpServer server) {
        this.server = server;
    }

    static LoopbackBrowser listen() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), 0), 0);
        LoopbackBrowser browser = new LoopbackBrowser(server);
        server.createContext(PATH, browser::answer);
        server.start();
        return browser;
    }

    /** Where the browser comes back to. */
    String address() {
        return "http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), PATH);
    }

    /** Returns whether a browser can be opened here at all. */
    static boolean hasScreen(Map<String, String> environment) {
        return isMac()
                || !environment.getOrDefault("DISPLAY", "").isEmpty()
                || !environment.getOrDefault("WAYLAND_DISPLAY", "").isEmpty();
    }

    private static boolean isMac() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("mac");
    }

    /** Opens a page if that can be done; whoever logs in has been told its address. */
    static void show(String address, Map<String, String> environment) {
        // it is the server's word, and the desktop opens more than pages
        boolean isPage = address.startsWith("https://") || address.startsWith("http://");
        if (!isPage || !hasScreen(environment)) {
            return;
        }
        try {
            new ProcessBuilder(isMac() ? "open" : "xdg-open", address)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException thereIsNone) {
            // the address was shown
        }
    }

    private void answer(HttpExchange call) throws IOException {
        Map<String, String> query = query(call.getRequestURI().getRawQuery());
        boolean mine = call.getRequestMethod().equals("GET")
                && expected.isDone()
                && expected.getNow("").equals(query.getOrDefault("state", "?"))
                && (query.containsKey("code") || query.containsKey("error"));
        byte[] text = (mine
                        ? "The login goes on in the terminal. This page can be closed.\n"
                        : "This is not the login that the program in the terminal waits for.\n")
                .getBytes(StandardCharsets.UTF_8);
        call.getResponseHeaders().set("Content-Type", "text/plain;charset=UTF-8");
        call.getResponseHeaders().set("Cache-Control", "no-store");
        call.sendResponseHeaders(mine ? OK : BAD_REQUEST, text.length);
        call.getResponseBody().write(text);
        call.close();
        if (mine) {
            arrived.complete(new Arrival(query.getOrDefault("code", ""), query.getOrDefault("error", "")));
        }
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> fields = new HashMap<>();
        for (String pair : (raw == null ? "" : raw).split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                fields.putIfAbsent(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return fields;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return "";
        }
    }

    /**
     * Waits for the browser.
     *
     * @param state that it has to bring
     */
    Arrival await(String state, Duration patience) throws IOException {
        expected.complete(state);
        try {
            return arrived.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new IOException(
                    "Nobody has logged in within %d minutes; begin again".formatted(patience.toMinutes()), late);
        } catch (ExecutionException impossible) {
            throw new IOException("The login failed", impossible);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("The login was interrupted", interrupted);
        }
    }

    /** The last answer is on its way. */
    @Override
    public void close() {
        server.stop(1);
    }
}
