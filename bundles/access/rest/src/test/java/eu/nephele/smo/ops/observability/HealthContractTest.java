// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import eu.nephele.smo.access.rest.Contract;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.ArgumentCaptor;

/** Health is served by another bundle and described by our part of the contract. */
final class HealthContractTest {

    private static final Contract CONTRACT = Contract.ofProduct();

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "none, owner, true, 200",
                "none, owner, false, 503",
                "/live, standby, true, 200",
                "/live, standby, false, 503",
                "/ready, none, true, 200",
                "/ready, none, false, 503",
                "/ready, standby, true, 200",
                "/owner, owner, true, 200",
                "/owner, standby, false, 503",
                "/owner, none, false, 503",
            })
    void answersAreAsTheContractSays(String path, String role, boolean well, int status) throws IOException {
        HttpServletRequest request = mock(HttpServletRequest.class);
        HttpServletResponse response = mock(HttpServletResponse.class);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        ArgumentCaptor<String> type = ArgumentCaptor.forClass(String.class);
        when(request.getMethod()).thenReturn("GET");
        when(request.getPathInfo()).thenReturn(path);
        when(response.getOutputStream()).thenReturn(stream(body));
        String whole = "/health" + Optional.ofNullable(path).orElse("");

        new HealthServlet(server(Optional.ofNullable(role), well)).service(request, response);

        verify(response).setStatus(status);
        verify(response).setContentType(type.capture());
        assertThat(CONTRACT.operation("GET", whole)).as(whole).isPresent();
        CONTRACT.check("GET", whole, status, type.getValue(), body.toByteArray());
    }

    private static Readiness server(Optional<String> role, boolean well) {
        Readiness.ReadinessCheck check = new Readiness.ReadinessCheck("one", well, "as it is");
        return new Readiness() {
            @Override
            List<ReadinessCheck> checks() {
                return List.of(check);
            }

            @Override
            List<ReadinessCheck> vital() {
                return List.of(check);
            }

            @Override
            ReadinessCheck owner() {
                return check;
            }

            @Override
            Optional<String> role() {
                return role;
            }
        };
    }

    private static ServletOutputStream stream(ByteArrayOutputStream body) {
        return new ServletOutputStream() {
            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setWriteListener(WriteListener listener) {
                throw new UnsupportedOperationException("written at once");
            }

            @Override
            public void write(int value) {
                body.write(value);
            }
        };
    }
}
