// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import eu.nephele.smo.access.rest.Contract;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

/**
 * Holds the answers of a server to the contract that this server serves. The contract is fetched with the first answer, and again when
 * an answer does not fit: bundles with paths come and go. An answer is not judged while nobody serves the contract: before the server is
 * ready, without a gate, to callers that may not read it, and when the server has ended meanwhile.
 */
final class AnswersByContract {

    /** Paths that the contract is about; what is served under others has none. */
    private static final Pattern JUDGED =
            Pattern.compile("/|/(api/v1|health|metrics|openapi\\.yaml|graphs|project|clusters|alerts)(/.*)?");

    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "DELETE", "PATCH");
    private static final Set<Integer> NOT_NOW = Set.of(401, 403, 503);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What was read, by the document itself: to read one takes longer than most answers, and most servers serve the same. */
    private static final Map<String, Contract> READ = new ConcurrentHashMap<>();

    private record Served(String tag, Contract contract) {}

    private final HttpClient client;
    private final URI document;
    private final AtomicReference<Optional<Served>> known = new AtomicReference<>(Optional.empty());

    /** @param base address of the server */
    AnswersByContract(HttpClient client, URI base) {
        this.client = client;
        this.document = base.resolve("/openapi.yaml");
    }

    /** @throws AssertionError when the answer is not as the contract says, with what is wrong */
    void check(HttpRequest request, HttpResponse<String> answer) throws InterruptedException {
        String path = request.uri().getRawPath();
        if (!METHODS.contains(request.method()) || !JUDGED.matcher(path).matches()) {
            return;
        }
        Optional<Served> before = known.get();
        Optional<AssertionError> violation = before.flatMap(served -> violation(served, request, answer));
        if (before.isPresent() && violation.isEmpty()) {
            return;
        }
        Optional<Served> now = fetch(before, request.headers().firstValue("Authorization"));
        known.set(now);
        if (now.isPresent() && !now.equals(before)) {
            violation = violation(now.get(), request, answer);
        }
        if (now.isPresent() && violation.isPresent()) {
            throw violation.get();
        }
    }

    private static Optional<AssertionError> violation(Served served, HttpRequest request, HttpResponse<String> answer) {
        try {
            served.contract()
                    .check(
                            request.method(),
                            request.uri().getRawPath(),
                            answer.statusCode(),
                            answer.headers().firstValue("Content-Type").orElse(""),
                            answer.body().getBytes(StandardCharsets.UTF_8));
            return Optional.empty();
        } catch (AssertionError notSo) {
            return Optional.of(new AssertionError(
                    "An answer is not as the contract of the server says: %s %s: %s"
                            .formatted(request.method(), request.uri(), notSo.getMessage()),
                    notSo));
        }
    }

    /** @return the same object when it has not changed; empty when it is not served now */
    private Optional<Served> fetch(Optional<Served> before, Optional<String> credentials) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(document).timeout(PATIENCE);
        before.ifPresent(served -> request.header("If-None-Match", served.tag()));
        credentials.ifPresent(value -> request.header("Authorization", value));
        HttpResponse<String> answer;
        try {
            answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException gone) {
            return Optional.empty();
        }
        if (NOT_NOW.contains(answer.statusCode())) {
            return Optional.empty();
        } else if (answer.statusCode() == 304) {
            return before;
        } else if (answer.statusCode() != 200) {
            throw new AssertionError(
                    "There is no contract at %s: %d %s; a server that is not ours has a client that is unchecked"
                            .formatted(document, answer.statusCode(), answer.body()));
        }
        return Optional.of(new Served(
                answer.headers().firstValue("ETag").orElseThrow(() -> new AssertionError("The contract has no ETag")),
                READ.computeIfAbsent(answer.body(), Contract::of)));
    }
}
