// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.audit;

import eu.nephele.smo.core.contract.audit.AuditLines;
import eu.nephele.smo.core.contract.audit.AuditSeal;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** A place outside that keeps signed heads. */
interface SealAnchor {

    Duration PATIENCE = Duration.ofSeconds(10);

    /** Returns when it is kept there. */
    void put(AuditSeal seal) throws IOException;

    /**
     * @param place a URL, or a file
     * @param data directory that relative files are below
     * @throws IllegalArgumentException when it is neither
     */
    static SealAnchor at(String place, Path data) {
        return place.matches("https?://.*")
                ? toUrl(URI.create(place))
                : toFile(data.resolve(place.startsWith("file:") ? place.substring("file:".length()) : place));
    }

    /** Appends a line to a file and forces it to the disk. */
    static SealAnchor toFile(Path file) {
        AuditLines lines = new AuditLines();
        return seal -> {
            try (FileChannel out = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
                ByteBuffer line = ByteBuffer.wrap(lines.line(seal));
                while (line.hasRemaining()) {
                    out.write(line);
                }
                out.force(true);
            }
        };
    }

    /** Posts a line of JSON; anything but 2xx is a failure. */
    static SealAnchor toUrl(URI url) {
        AuditLines lines = new AuditLines();
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(PATIENCE)
                .build();
        return seal -> {
            HttpRequest request = HttpRequest.newBuilder(url)
                    .timeout(PATIENCE)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofByteArray(lines.line(seal)))
                    .build();
            try {
                HttpResponse<Void> answer = client.send(request, BodyHandlers.discarding());
                if (answer.statusCode() / 100 != 2) {
                    throw new IOException("it answers %d".formatted(answer.statusCode()));
                }
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
                throw new IOException("the server ends", ending);
            }
        };
    }
}
