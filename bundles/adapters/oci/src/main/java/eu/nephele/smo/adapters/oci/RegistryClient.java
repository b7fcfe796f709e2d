// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import land.oras.auth.AuthProvider;
import land.oras.auth.HttpClient;
import land.oras.auth.HttpClient.ResponseWrapper;
import land.oras.auth.Scopes;
import land.oras.exception.OrasException;

/**
 * Calls registries through the HTTP part of the SDK: its upper part reads complete answers into memory and drops headers, so
 * that neither limits nor {@code Retry-After} would work.
 */
final class RegistryClient {

    private static final int MAX_DOCUMENT_BYTES = 4 * 1024 * 1024;
    private static final int MAX_WORDS_BYTES = 4096;
    private static final int MAX_PAGES = 50;
    private static final int UNAUTHORIZED = 401;
    private static final String MANIFESTS = "application/vnd.oci.image.manifest.v1+json,"
            + " application/vnd.docker.distribution.manifest.v2+json, application/vnd.oci.image.index.v1+json";

    private final HttpClient http;
    private final RegistryProxySelector registryProxySelector;
    private final OciSettings settings;
    private final RegistryCredentials credentials;
    private final InterruptibleReads streams;
    private final TimeLimitedThreads threads;
    private final SdkTokenCache tokens = new SdkTokenCache();
    private final UnresponsiveRegistries silent = new UnresponsiveRegistries();

    RegistryClient(
            HttpClient http,
            RegistryProxySelector registryProxySelector,
            OciSettings settings,
            RegistryCredentials credentials,
            InterruptibleReads streams,
            TimeLimitedThreads threads) {
        this.http = http;
        this.registryProxySelector = registryProxySelector;
        this.settings = settings;
        this.credentials = credentials;
        this.streams = streams;
        this.threads = threads;
    }

    /**
     * A document of a registry.
     *
     * @param digest of the received content
     * @param said digest reported by the registry
     */
    record Document(String content, Digest digest, Optional<Digest> said, Map<String, String> headers) {}

    /**
     * Returns the digest of a tag, if the registry reports it without sending the content. It also makes the SDK fetch its
     * token.
     */
    Optional<Digest> probe(ArtifactReference of, String tag) {
        String what = "Asking for " + of;
        return soon(what, () -> probe(of, tag, what));
    }

    private Optional<Digest> probe(ArtifactReference of, String tag, String what) {
        ResponseWrapper<String> answer = ask(
                what,
                of,
                (scopes, auth) -> http.head(uri(of, "/manifests/" + tag), Map.of("Accept", MANIFESTS), scopes, auth));
        int status = answer.statusCode();
        if (status == 405 || status == 501) {
            return Optional.empty();
        }
        if (status != 200) {
            throw RegistryFailures.status(status, answer.headers(), "", what, of);
        }
        return digest(answer.headers());
    }

    /** @param name tag or digest */
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
                .response());
    }

    private Document document(ArtifactReference of, URI uri, String accept, String what) {
        return soon(what, () -> read(of, uri, accept, what));
    }

    /** The wait for a silent registry is much shorter than that for a complete fetch, because the cache may have the answer. */
    private <T> T soon(String what, Callable<T> question) {
        return threads.within(settings.answerTimeout(), OciSettings.ANSWER_TIMEOUT, what, question);
    }

    private Document read(ArtifactReference of, URI uri, String accept, String what) {
        ResponseWrapper<InputStream> answer = open(of, uri, accept, what);
        try (InputStream body = streams.reading(answer.response())) {
            byte[] content = body.readNBytes(MAX_DOCUMENT_BYTES + 1);
            if (content.length > MAX_DOCUMENT_BYTES) {
                throw RegistryFailures.refused(
                        "%s failed: the answer has more than %d bytes".formatted(what, MAX_DOCUMENT_BYTES));
            }
            String type = answer.headers().getOrDefault("content-type", "");
            if (!type.contains("json")) {
                throw RegistryFailures.refused("%s failed: %s answered %s where JSON was expected; is it a registry?"
                        .formatted(
                                what,
                                of.registry(),
                                type.isEmpty() ? "without a content type" : RegistryMessages.bounded(type)));
            }
            return new Document(text(content), Digest.of(content), digest(answer.headers()), answer.headers());
        } catch (IOException broken) {
            throw RegistryFailures.failed(broken, what, of);
        }
    }

    private ResponseWrapper<InputStream> open(ArtifactReference of, URI uri, String accept, String what) {
        ResponseWrapper<InputStream> answer =
                ask(what, of, (scopes, auth) -> http.download(uri, Map.of("Accept", accept), scopes, auth));
        if (answer.statusCode() == 200) {
            return answer;
        }
        try (InputStream body = streams.reading(answer.response())) {
            String words = RegistryMessages.ofRegistry(text(body.readNBytes(MAX_WORDS_BYTES)));
            throw RegistryFailures.status(answer.statusCode(), answer.headers(), words, what, of);
        } catch (IOException broken) {
            throw RegistryFailures.failed(broken, what, of);
        }
    }

    private interface RegistryQuery<T> {
        ResponseWrapper<T> ask(Scopes scopes, AuthProvider auth);
    }

    private <T> ResponseWrapper<T> ask(String what, ArtifactReference of, RegistryQuery<T> registryQuery) {
        AuthProvider auth = credentials.create(of.registry());
        Optional<ResponseWrapper<T>> answer = attempt(what, of, () -> registryQuery.ask(tokens.usable(of), auth));
        if (answer.isEmpty() && SdkTokenCache.held(of).isPresent()) {
            answer = attempt(what, of, () -> registryQuery.ask(SdkTokenCache.renewed(of), auth));
            if (answer.isEmpty()
                    && SdkTokenCache.held(of).filter(String::isEmpty).isPresent()) {
                throw new AdapterException(
                        Kind.UNAVAILABLE,
                        RegistryFailures.SYSTEM,
                        "%s failed: the token server of registry %s returns no token".formatted(what, of.registry()));
            }
        }
        return answer.orElseThrow(() -> RegistryFailures.status(UNAUTHORIZED, Map.of(), "", what, of));
    }

    /** @return empty: this login or token has no access */
    private <T> Optional<ResponseWrapper<T>> attempt(
            String what, ArtifactReference of, Supplier<ResponseWrapper<T>> question) {
        return silent.ask(of.registry(), what, () -> asked(what, of, question));
    }

    private <T> Optional<ResponseWrapper<T>> asked(
            String what, ArtifactReference of, Supplier<ResponseWrapper<T>> question) {
        registryProxySelector.begin();
        try {
            ResponseWrapper<T> answer = question.get();
            if (answer.statusCode() != UNAUTHORIZED) {
                return Optional.of(answer);
            }
            if (answer.response() instanceof InputStream body) {
                body.close();
            }
            return Optional.empty();
        } catch (OrasException failed) {
            Integer status = failed.getStatusCode();
            if (status != null && status == UNAUTHORIZED) {
                return Optional.empty();
            }
            throw RegistryFailures.failed(failed, what + registryProxySelector.words(of), of);
        } catch (IOException broken) {
            throw RegistryFailures.failed(broken, what + registryProxySelector.words(of), of);
        } finally {
            registryProxySelector.end();
        }
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
