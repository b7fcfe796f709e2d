// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Asks registries for manifests, tags and blobs, within limits of time and size. */
final class RegistryClient {

    private static final int MAX_DOCUMENT_BYTES = 4 * 1024 * 1024;
    private static final int MAX_WORDS_BYTES = 4096;
    private static final int MAX_PAGES = 50;
    private static final String MANIFESTS = "application/vnd.oci.image.manifest.v1+json,"
            + " application/vnd.docker.distribution.manifest.v2+json, application/vnd.oci.image.index.v1+json";

    private final RegistryConnection connection;
    private final RegistryProxySelector registryProxySelector;
    private final OciSettings settings;
    private final RegistryCredentials credentials;
    private final InterruptibleReads streams;
    private final TimeLimitedThreads threads;
    private final UnresponsiveRegistries silent = new UnresponsiveRegistries();

    RegistryClient(
            RegistryConnection connection,
            RegistryProxySelector registryProxySelector,
            OciSettings settings,
            RegistryCredentials credentials,
            InterruptibleReads streams,
            TimeLimitedThreads threads) {
        this.connection = connection;
        this.registryProxySelector = registryProxySelector;
        this.settings = settings;
        this.credentials = credentials;
        this.streams = streams;
        this.threads = threads;
    }

    /** {@code digest} is that of the received content, {@code said} the one reported by the registry. */
    record Document(String content, Digest digest, Optional<Digest> said, Map<String, String> headers) {}

    /** Returns the digest of a tag, if the registry reports it without sending the content. */
    Optional<Digest> probe(ArtifactReference of, String tag) {
        String what = "Asking for " + of;
        return soon(what, () -> probe(of, tag, what));
    }

    private Optional<Digest> probe(ArtifactReference of, String tag, String what) throws IOException {
        HttpResponse<InputStream> answer = ask("HEAD", uri(of, "/manifests/" + tag), MANIFESTS, of, what);
        answer.body().close();
        int status = answer.statusCode();
        if (status == 405 || status == 501) {
            return Optional.empty();
        }
        Map<String, String> headers = RegistryConnection.headers(answer);
        if (status != 200) {
            throw RegistryFailures.status(status, headers, "", what, of);
        }
        return digest(headers);
    }

    Document manifest(ArtifactReference of, String name) {
        return document(of, uri(of, "/manifests/" + name), MANIFESTS, "Fetching the manifest of " + of);
    }

    List<String> tags(ArtifactReference of) {
        List<String> all = new ArrayList<>();
        URI page = uri(of, "/tags/list?n=1000");
        for (int pages = 0; pages < MAX_PAGES; pages++) {
            TagPage tags =
                    TagPage.create(document(of, page, "application/json", "Listing the tags of " + of), page, of);
            all.addAll(tags.tags());
            if (tags.next().isEmpty()) {
                return all;
            }
            page = tags.next().get();
        }
        throw RegistryFailures.refused(
                "%s has more than %d pages of tags: name the intended tag".formatted(of, MAX_PAGES));
    }

    /** Opens a content; the caller closes it. */
    InputStream blob(ArtifactReference of, Digest digest) throws IOException {
        return streams.reading(open(of, uri(of, "/blobs/" + digest), "*/*", "Fetching " + digest + " of " + of)
                .body());
    }

    private Document document(ArtifactReference of, URI uri, String accept, String what) {
        return soon(what, () -> read(of, uri, accept, what));
    }

    /** The wait for a silent registry is much shorter than that for a complete fetch, because the cache may have the answer. */
    private <T> T soon(String what, Callable<T> question) {
        return threads.within(settings.answerTimeout(), OciSettings.ANSWER_TIMEOUT, what, question);
    }

    private Document read(ArtifactReference of, URI uri, String accept, String what) {
        HttpResponse<InputStream> answer = open(of, uri, accept, what);
        Map<String, String> headers = RegistryConnection.headers(answer);
        try (InputStream body = streams.reading(answer.body())) {
            byte[] content = body.readNBytes(MAX_DOCUMENT_BYTES + 1);
            if (content.length > MAX_DOCUMENT_BYTES) {
                throw RegistryFailures.refused(
                        "%s failed: the answer has more than %d bytes".formatted(what, MAX_DOCUMENT_BYTES));
            }
            String type = headers.getOrDefault("content-type", "");
            if (!type.contains("json")) {
                throw RegistryFailures.refused("%s failed: %s answered %s where JSON was expected; is it a registry?"
                        .formatted(
                                what,
                                of.registry(),
                                type.isEmpty() ? "without a content type" : RegistryMessages.bounded(type)));
            }
            return new Document(text(content), Digest.of(content), digest(headers), headers);
        } catch (IOException broken) {
            throw RegistryFailures.failed(broken, what, of);
        }
    }

    private HttpResponse<InputStream> open(ArtifactReference of, URI uri, String accept, String what) {
        HttpResponse<InputStream> answer = ask("GET", uri, accept, of, what);
        if (answer.statusCode() == 200) {
            return answer;
        }
        try (InputStream body = streams.reading(answer.body())) {
            String words = RegistryMessages.ofRegistry(text(body.readNBytes(MAX_WORDS_BYTES)));
            throw RegistryFailures.status(answer.statusCode(), RegistryConnection.headers(answer), words, what, of);
        } catch (IOException broken) {
            throw RegistryFailures.failed(broken, what, of);
        }
    }

    private HttpResponse<InputStream> ask(String method, URI uri, String accept, ArtifactReference of, String what) {
        Optional<RegistryAuthorization> login = credentials.find(of.registry());
        RegistryConnection.Question question = new RegistryConnection.Question(method, uri, accept, of, what);
        return silent.ask(of.registry(), what, () -> {
            try {
                return connection.send(question, login);
            } catch (IOException broken) {
                throw RegistryFailures.failed(broken, what + registryProxySelector.words(of), of);
            }
        });
    }

    private URI uri(ArtifactReference of, String path) {
        boolean listed = settings.plainHttp().contains(of.registry());
        if (of.scheme().equals("http") && !listed) {
            throw RegistryFailures.refused(
                    "%s requests plain HTTP, which only registries in plainHttp of %s may use: add %s there, or write https:// or oci://"
                            .formatted(of, OciSettings.PID, of.registry()));
        }
        String scheme = listed && !of.scheme().equals("https") ? "http" : "https";
        String host = of.registry().equals("docker.io") ? "registry-1.docker.io" : of.registry();
        return URI.create(scheme + "://" + host + "/v2/" + of.repository() + path);
    }

    private static Optional<Digest> digest(Map<String, String> headers) {
        return Digest.parse(headers.getOrDefault("docker-content-digest", ""));
    }

    private static String text(byte[] content) {
        return new String(content, StandardCharsets.UTF_8);
    }
}
