// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.http;

import eu.nephele.smo.access.http.Streamed;
import eu.nephele.smo.api.runtime.SmoException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Limits the bytes read, regardless of the declared length. {@link Streamed} bodies have a limit of their own. */
@Priority(Priorities.ENTITY_CODER)
public final class BodyLimitFilter implements ContainerRequestFilter {

    private final int maxBytes;

    @Context
    private @Nullable ResourceInfo resource;

    public BodyLimitFilter(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (resource != null && Streamed.StreamedLookup.isStreamed(resource)) {
            return;
        }
        if (request.getLength() > maxBytes) {
            throw tooLarge();
        }
        request.setEntityStream(new LimitedBody(request.getEntityStream()));
    }

    private SmoException tooLarge() {
        return SmoException.tooLarge(
                "The body is larger than the %d bytes that are read here (maxBodyBytes of the PID %s)"
                        .formatted(maxBytes, "eu.nephele.smo.access.rest"));
    }

    private final class LimitedBody extends FilterInputStream {

        private long read;

        LimitedBody(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = super.read(target, offset, length);
            count(Math.max(0, count));
            return count;
        }

        private void count(int more) {
            read += more;
            if (read > maxBytes) {
                throw tooLarge();
            }
        }
    }
}
