// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * An outside system that follows a project through server-sent events alone, and resumes where it was cut off. As browsers do, it
 * connects again by itself when the server ends the stream.
 */
final class EventFollower implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final long RECONNECT_MILLIS = 500;

    private final String project;
    private volatile URI stream;
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<JsonNode> heard = new CopyOnWriteArrayList<>();
    private volatile String lastEventId = "0";
    private volatile String ended = "";
    private volatile InputStream body = InputStream.nullInputStream();

    EventFollower(int port, String project) {
        this.project = project;
        this.stream = stream(port, project);
    }

    private static URI stream(int port, String project) {
        return URI.create("http://127.0.0.1:%d/api/v1/events/stream?project=%s".formatted(port, project));
    }

    /** Connects to another server, and goes on there after the last event that was heard. */
    void goOnAt(int port) throws IOException, InterruptedException {
        body = InputStream.nullInputStream();
        stream = stream(port, project);
        connect();
    }

    /** Connects, and goes on after the last event that was heard. */
    void connect() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(stream)
                .header("Accept", "text/event-stream")
                .header("Last-Event-ID", lastEventId)
                .build();
        HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
        InputStream opened = response.body();
        if (response.statusCode() != 200) {
            throw new IOException("%d: %s"
                    .formatted(response.statusCode(), new String(opened.readAllBytes(), StandardCharsets.UTF_8)));
        }
        body = opened;
        Thread reader = new Thread(() -> read(opened), "follower");
        reader.setDaemon(true);
        reader.start();
    }

    private void read(InputStream opened) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(opened, StandardCharsets.UTF_8))) {
            String id = lastEventId;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("data: ")) {
                    heard.add(JSON.readTree(line.substring(6)));
                    lastEventId = id;
                } else if (line.isEmpty()) {
                    lastEventId = id;
                }
            }
            TimeUnit.MILLISECONDS.sleep(RECONNECT_MILLIS);
            // Unless it was cut, or goes on elsewhere: two streams would tell each event twice.
            if (body == opened) {
                connect();
            }
        } catch (IOException cut) {
            ended = cut.toString();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /** Breaks the connection. */
    void cut() throws IOException {
        InputStream open = body;
        body = InputStream.nullInputStream();
        open.close();
    }

    List<JsonNode> heard() {
        return List.copyOf(heard);
    }

    /** Why the last connection ended, "" while none has broken. */
    String ended() {
        return ended;
    }

    List<String> types() {
        return heard.stream().map(event -> event.path("type").asText()).toList();
    }

    @Override
    public void close() throws IOException {
        cut();
    }
}
