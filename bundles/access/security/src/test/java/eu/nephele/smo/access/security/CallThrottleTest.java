// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import eu.nephele.smo.access.security.CallThrottle.ThrottledCall;
import eu.nephele.smo.access.security.RequestLimits.LimitSettings;
import eu.nephele.smo.access.security.TokenBucket.Rate;
import eu.nephele.smo.api.port.Authenticator.Principal;
import eu.nephele.smo.core.contract.access.AccessGate.Allowed;
import eu.nephele.smo.core.contract.access.AccessGate.Denied;
import eu.nephele.smo.core.contract.access.AccessGate.GateDecision;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallThrottleTest {

    private final MetricsRecorder metrics = mock(MetricsRecorder.class);
    private final CallThrottle throttle = new CallThrottle(
            new RequestLimits(
                    Optional.of(
                            new LimitSettings(new Rate(0.1, 2), new Rate(0.1, 2), new Rate(10, 600), Set.of("admin"))),
                    () -> 0,
                    100),
            () -> Optional.of(metrics));

    private static HttpServletRequest call(String method, String path, String address, long length) {
        HttpServletRequest call = mock(HttpServletRequest.class);
        when(call.getMethod()).thenReturn(method);
        when(call.getRequestURI()).thenReturn(path);
        when(call.getRemoteAddr()).thenReturn(address);
        when(call.getContentLengthLong()).thenReturn(length);
        return call;
    }

    private static GateDecision allowed(String principal) {
        return new Allowed(new Principal(principal, Set.of()));
    }

    private ThrottledCall ask(String principal, String path, String address) {
        return throttle.judge(allowed(principal), call("GET", path, address, -1));
    }

    @Test
    void whoFloodsIsAnsweredWithWhenToComeBack() {
        ask("anna", "/api/v1/graphs", "10.0.0.1");
        ask("anna", "/api/v1/graphs", "10.0.0.2");
        Denied denied = ask("anna", "/api/v1/graphs", "10.0.0.3").denied().orElseThrow();
        assertThat(denied.status()).isEqualTo(429);
        assertThat(denied.headers())
                .containsEntry("Retry-After", "10")
                .containsEntry("RateLimit-Policy", "\"reads\";q=2;w=20")
                .containsEntry("RateLimit", "\"reads\";r=0;t=10");
        verify(metrics).count(CallThrottle.METRIC, Map.of("limit", "reads"));
        assertThat(ask("bob", "/api/v1/graphs", "10.0.0.1").denied()).isEmpty();
    }

    @Test
    void whoHasNoCredentialsIsKnownByTheAddress() {
        for (int i = 0; i < 2; i++) {
            assertThat(ask("anonymous", "/docs", "10.0.0.1").denied()).isEmpty();
        }
        assertThat(ask("anonymous", "/docs", "10.0.0.1").denied()).isPresent();
        assertThat(ask("anonymous", "/docs", "10.0.0.2").denied()).isEmpty();
    }

    @Test
    void theAdministratorsTokenHealthChecksAndTheRefusedAreNotLimited() {
        for (int i = 0; i < 10; i++) {
            assertThat(ask("admin", "/api/v1/graphs", "10.0.0.1").denied()).isEmpty();
            assertThat(ask("anonymous", "/health/ready", "10.0.0.1").denied()).isEmpty();
            assertThat(throttle.judge(new Denied(401, "who?", Map.of()), call("GET", "/", "10.0.0.1", -1))
                            .denied())
                    .as("what the gate says counts")
                    .isEmpty();
        }
        assertThat(ask("anonymous", "/healthy", "10.0.0.1").denied()).isEmpty();
        assertThat(ask("anonymous", "/healthy", "10.0.0.1").denied()).isEmpty();
        assertThat(ask("anonymous", "/healthy", "10.0.0.1").denied()).isPresent();
    }

    @Test
    void aBodyWithoutLengthIsCountedAsItIsRead() throws IOException {
        HttpServletRequest chunked = call("POST", "/api/v1/plugins", "10.0.0.1", -1);
        when(chunked.getHeader("Transfer-Encoding")).thenReturn("chunked");
        when(chunked.getInputStream()).thenReturn(stream(new byte[1000]));
        ThrottledCall judged = throttle.judge(allowed("anna"), chunked);
        assertThat(judged.denied()).isEmpty();
        assertThat(judged.request().getInputStream().readAllBytes()).hasSize(1000);

        Denied denied = throttle.judge(allowed("anna"), call("POST", "/api/v1/plugins", "10.0.0.1", 1))
                .denied()
                .orElseThrow();
        assertThat(denied.headers())
                .containsEntry("RateLimit-Policy", "\"bodies\";q=600;w=60;qu=\"content-bytes\"")
                .containsKey("Retry-After");
        assertThat(denied.detail()).contains("bytes of bodies", "eu.nephele.smo.access.security");
    }

    private static ServletInputStream stream(byte[] bytes) {
        ByteArrayInputStream in = new ByteArrayInputStream(bytes);
        return new ServletInputStream() {
            @Override
            public int read() {
                return in.read();
            }

            @Override
            public boolean isFinished() {
                return in.available() == 0;
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setReadListener(ReadListener listener) {
                throw new UnsupportedOperationException("reads are blocking here");
            }
        };
    }

    /** All behind a proxy have its address: a length that nobody sends does not keep the others from logging in. */
    @Test
    void whatSomebodyWithoutCredentialsAnnouncesIsNotCharged() {
        HttpServletRequest lie = call("POST", "/api/v1/sessions", "10.0.0.1", Integer.MAX_VALUE);
        ThrottledCall taken = throttle.judge(allowed("anonymous"), lie);
        assertThat(taken.denied()).isEmpty();
        HttpServletRequest login = call("POST", "/api/v1/sessions", "10.0.0.1", 50);
        assertThat(throttle.judge(allowed("anonymous"), login).denied())
                .as("others, while nothing has come")
                .isEmpty();
        throttle.judge(allowed("anna"), lie);
        assertThat(throttle.judge(allowed("anna"), login).denied())
                .as("somebody who is known answers for what is announced")
                .isPresent();
    }
}
