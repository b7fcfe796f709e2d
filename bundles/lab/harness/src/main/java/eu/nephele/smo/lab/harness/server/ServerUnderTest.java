// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server at one address with one folder of data, in one process after the other, and its administrator's calls. */
public final class ServerUnderTest implements AutoCloseable {

    /** The program that looks into another Java process; a Java runtime without a JDK has none. */
    public static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");

    private static final long READY_SECONDS = 120;
    private static final int NOT_FOUND = 404;

    private final List<String> command;
    private final Path folder;
    private final URI url;
    private final Duration timeout;
    /** Version 1.1 explicitly: a new connection requests no upgrade. */
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String token;
    /** Shutdown hook, so that an interrupted run leaves no server behind. */
    private final Thread lastResort = new Thread(this::end, "server-end");

    private volatile ChildProcess child;

    private ServerUnderTest(List<String> command, Path folder, int port, Duration timeout)
            throws IOException, InterruptedException {
        this.command = List.copyOf(command);
        this.folder = folder;
        this.url = URI.create("http://127.0.0.1:" + port);
        this.timeout = timeout;
        this.child = process();
        Runtime.getRuntime().addShutdownHook(lastResort);
        try {
            child.awaitReady(READY_SECONDS);
            this.token = Files.readString(data().resolve("etc/admin.token")).strip();
        } catch (IOException | InterruptedException failed) {
            close();
            throw failed;
        }
    }

    /**
     * Starts it and waits until it is ready.
     *
     * @param command that starts a server, to which options are added
     * @param folder for its log and its folder {@code data}
     * @throws IOException when it does not become ready
     */
    public static ServerUnderTest start(List<String> command, Path folder, Duration timeout, String... options)
            throws IOException, InterruptedException {
        int port = FreePort.choose();
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(options));
        all.addAll(List.of("--json", "--port", Integer.toString(port)));
        all.addAll(List.of("--data", folder.resolve("data").toAbsolutePath().toString()));
        return new ServerUnderTest(all, folder, port, timeout);
    }

    private ChildProcess process() throws IOException {
        return ChildProcess.start("server", command, folder.resolve("server.log"));
    }

    public Path data() {
        return folder.resolve("data");
    }

    public URI url() {
        return url;
    }

    public String token() {
        return token;
    }

    public long pid() {
        return child.pid();
    }

    /** SIGKILL and restart; returns milliseconds until it was ready. */
    public long killAndRestart() throws IOException, InterruptedException {
        child.kill();
        long begun = System.nanoTime();
        child = process();
        child.awaitReady(READY_SECONDS);
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(url.resolve(path)).timeout(timeout).header("Authorization", "Bearer " + token);
    }

    /** @param body JSON, "" for none */
    public HttpRequest request(String method, String path, String body) {
        HttpRequest.Builder request =
                request(path).method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        return body.isEmpty()
                ? request.build()
                : request.header("Content-Type", "application/json").build();
    }

    public HttpClient http() {
        return http;
    }

    /** Status of a GET without a token. */
    public int status(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(url.resolve(path)).timeout(timeout).build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    /** @throws IOException when the answer is not 2xx */
    public String text(HttpRequest request) throws IOException, InterruptedException {
        return body(http.send(request, HttpResponse.BodyHandlers.ofString()));
    }

    /** @throws IOException when the answer is not 2xx */
    public static String body(HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() / 100 != 2) {
            throw new IOException("%s %s answers %d: %s"
                    .formatted(answer.request().method(), answer.uri(), answer.statusCode(), answer.body()));
        }
        return answer.body();
    }

    public JsonNode json(HttpRequest request) throws IOException, InterruptedException {
        return AnsweredJson.read(request.method() + " " + request.uri(), text(request));
    }

    public JsonNode get(String path) throws IOException, InterruptedException {
        return json(request("GET", path, ""));
    }

    public JsonNode post(String path, String body) throws IOException, InterruptedException {
        return json(request("POST", path, body));
    }

    /**
     * Deletes an object, if it exists.
     *
     * @throws IOException when the answer is neither 2xx nor 404
     */
    public void delete(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request("DELETE", path, ""), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != NOT_FOUND) {
            body(answer);
        }
    }

    /**
     * @param question for example {@code GC.run}
     * @throws IOException when {@link #JCMD} is missing or fails
     */
    public String jcmd(String question) throws IOException, InterruptedException {
        return run(JCMD.toString(), Long.toString(pid()), question);
    }

    /** @param name without SIG */
    public void signal(String name) throws IOException, InterruptedException {
        run("kill", "-" + name, Long.toString(pid()));
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("%s: %s".formatted(String.join(" ", command), said.strip()));
        }
        return said;
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(lastResort);
        child.close();
    }

    private void end() {
        child.close();
    }
}
