// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console;

import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.lenient;
import static org.mockito.Mockito.mock;

import eu.nephele.smo.api.runtime.CallContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** One call over HTTP and its answer, without a server. */
public final class Http {

    /** The viewer, as set by the gate. */
    public static final CallContext ADMIN = CallContext.of("admin", "127.0.0.1", Set.of("admin"), "c1");

    public final HttpServletRequest request = mock(HttpServletRequest.class);
    public final HttpServletResponse response = mock(HttpServletResponse.class);
    public final Map<String, String> headers = new HashMap<>();
    private final AtomicInteger status = new AtomicInteger(200);
    private final StringWriter text = new StringWriter();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** @param parameters names and values in turns */
    public Http(String method, String... parameters) {
        try {
            lenient().when(request.getMethod()).thenReturn(method);
            lenient().when(request.getRequestURI()).thenReturn("/system/console/smo");
            lenient().when(request.getHeaderNames()).thenAnswer(call -> Collections.emptyEnumeration());
            lenient().when(request.getAttribute("felix.webconsole.pluginRoot")).thenReturn("/system/console/smo");
            lenient().when(request.getAttribute(CallContext.PROPERTY)).thenReturn(ADMIN);
            for (int i = 0; i < parameters.length; i += 2) {
                lenient().when(request.getParameter(parameters[i])).thenReturn(parameters[i + 1]);
            }
            lenient().when(response.getWriter()).thenReturn(new PrintWriter(text));
            lenient().when(response.getOutputStream()).thenReturn(new Bytes(bytes));
            lenient()
                    .doAnswer(call -> headers.put(call.getArgument(0), call.getArgument(1)))
                    .when(response)
                    .setHeader(anyString(), anyString());
            lenient()
                    .doAnswer(call -> {
                        status.set(call.getArgument(0));
                        return null;
                    })
                    .when(response)
                    .setStatus(org.mockito.ArgumentMatchers.anyInt());
            lenient()
                    .doAnswer(call -> {
                        status.set(call.getArgument(0));
                        return null;
                    })
                    .when(response)
                    .sendError(org.mockito.ArgumentMatchers.anyInt(), anyString());
            lenient()
                    .doAnswer(call -> {
                        status.set(302);
                        return headers.put("Location", call.getArgument(0));
                    })
                    .when(response)
                    .sendRedirect(anyString());
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    public int status() {
        return status.get();
    }

    public String body() {
        return text + bytes.toString(StandardCharsets.UTF_8);
    }

    private static final class Bytes extends ServletOutputStream {

        private final ByteArrayOutputStream bytes;

        Bytes(ByteArrayOutputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public void write(int b) {
            bytes.write(b);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException("Nobody listens here");
        }
    }
}
