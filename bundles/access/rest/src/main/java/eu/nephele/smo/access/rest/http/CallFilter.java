// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.http;

import eu.nephele.smo.access.http.AsyncWait;
import eu.nephele.smo.access.http.ChangeSubmission;
import eu.nephele.smo.access.http.RequestBodies;
import eu.nephele.smo.access.http.RequestCaller;
import eu.nephele.smo.access.http.SharedLimits;
import eu.nephele.smo.access.http.Streamed;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.RequestOrigin.IdempotencyKey;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import jakarta.annotation.Priority;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Records the caller and its {@code Idempotency-Key}. The fingerprint of a request with a key covers its method, path,
 * relevant query parameters and the bytes of its body.
 */
@Priority(Priorities.USER)
public final class CallFilter implements ContainerRequestFilter {

    public static final String KEY_HEADER = "Idempotency-Key";

    private static final int MAX_KEY = 255;
    private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]{1," + MAX_KEY + "}");
    private static final Set<String> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final SharedLimits sharedLimits;

    @Context
    private @Nullable ResourceInfo resource;

    public CallFilter(SharedLimits sharedLimits) {
        this.sharedLimits = sharedLimits;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        CallContext caller = RequestCaller.from(request);
        request.setProperty(
                CallContext.PROPERTY, idempotency(request).map(caller::with).orElse(caller));
        request.setProperty(SharedLimits.PROPERTY, sharedLimits);
    }

    private Optional<IdempotencyKey> idempotency(ContainerRequestContext request) {
        List<String> keys = request.getHeaders().getOrDefault(KEY_HEADER, List.of());
        if (keys.isEmpty() || READING.contains(request.getMethod())) {
            return Optional.empty();
        }
        if (keys.size() > 1 || !VISIBLE.matcher(keys.get(0)).matches()) {
            throw SmoException.invalid(
                    "The header %s is not valid".formatted(KEY_HEADER),
                    List.of(new Violation(
                            "", "expected one key of 1 to %d visible ASCII characters".formatted(MAX_KEY))));
        }
        return Optional.of(new IdempotencyKey(keys.get(0), fingerprint(request, bodyOf(request))));
    }

    /** Streamed bodies are not read here: {@link ChangeSubmission#withBody} completes the fingerprint. */
    private byte[] bodyOf(ContainerRequestContext request) {
        if (resource != null && Streamed.StreamedLookup.isStreamed(resource)) {
            return new byte[0];
        }
        byte[] body = RequestBodies.bytes(request.getEntityStream());
        request.setEntityStream(new ByteArrayInputStream(body));
        return body;
    }

    private static String fingerprint(ContainerRequestContext request, byte[] body) {
        MultivaluedMap<String, String> query = request.getUriInfo().getQueryParameters();
        TreeMap<String, List<String>> choices = new TreeMap<>(query);
        // The wait is no part of the requested change.
        choices.remove(AsyncWait.PARAMETER);
        String path = request.getUriInfo().getRequestUri().getPath().replaceAll("/+$", "");
        MessageDigest digest = sha256();
        digest.update(
                "%s\n%s\n%s\n".formatted(request.getMethod(), path, choices).getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.digest(body));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException("SHA-256 is missing", everyJavaHasIt);
        }
    }
}
