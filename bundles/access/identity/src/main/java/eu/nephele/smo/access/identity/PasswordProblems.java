// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.identity;

import eu.nephele.smo.api.port.Authenticator.TooManyAttemptsException;
import eu.nephele.smo.core.contract.problem.ProblemDetails;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.function.Supplier;

/** Refusals of passwords: 401, and 429 when it failed too often. */
final class PasswordProblems {

    private static final int UNAUTHORIZED = 401;
    private static final int TOO_MANY_REQUESTS = 429;

    private PasswordProblems() {}

    static <T> T asking(Supplier<T> work) {
        try {
            return work.get();
        } catch (TooManyAttemptsException throttled) {
            throw new ClientErrorException(
                    Response.fromResponse(answer(TOO_MANY_REQUESTS, String.valueOf(throttled.getMessage())))
                            .header(HttpHeaders.RETRY_AFTER, throttled.retryAfter().toSeconds())
                            .build(),
                    throttled);
        }
    }

    static WebApplicationException wrong(String detail) {
        return new ClientErrorException(answer(UNAUTHORIZED, detail));
    }

    private static Response answer(int status, String detail) {
        return Response.status(status)
                .type(ProblemDetails.MEDIA_TYPE)
                .entity(new ProblemDetails(status, detail).bytes("", ""))
                .build();
    }
}
