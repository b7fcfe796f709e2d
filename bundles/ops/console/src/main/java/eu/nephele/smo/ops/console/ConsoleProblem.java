// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console;

import eu.nephele.smo.core.contract.problem.ProblemText;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A refusal as problem details, in the shape that the rest of the server uses: scripts that ask the console get one, too. */
final class Problem {

    private final ProblemText text;

    /**
     * @param status HTTP status
     * @param detail what happened, for people
     */
    Problem(int status, String detail) {
        text = new ProblemText(status, detail);
    }

    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object given = request.getAttribute(ProblemText.CORRELATION_ATTRIBUTE);
        byte[] body = text.bytes(request.getRequestURI(), given instanceof String id ? id : "");
        response.setStatus(text.status());
        response.setContentType(ProblemText.MEDIA_TYPE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer();
    }
}
