// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.http;

import eu.nephele.smo.access.http.Conditional;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Preconditions have the form of RFC 9110, section 13.1: {@code *}, or entity tags in quotes, separated by commas.
 * Other forms are refused, not ignored: a client that sends one relies on it. A change that has no tag to compare fails
 * its precondition.
 */
public final class PreconditionFilter implements ContainerRequestFilter {

    private static final int PRECONDITION_FAILED = 412;
    private static final int MOST_TAGS = 100;

    /** One tag with its separator; a pattern for all tags would need a deeper stack with each. */
    private static final Pattern TAG = Pattern.compile("\\s*(?:W/)?\"[\\x21\\x23-\\x5b\\x5d-\\x7e]*\"\\s*(,|$)");

    private static final Set<String> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    @Context
    private @Nullable ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext request) {
        for (String name : List.of(HttpHeaders.IF_MATCH, HttpHeaders.IF_NONE_MATCH)) {
            List<String> values = request.getHeaders().getOrDefault(name, List.of());
            if (values.size() > 1 || !values.stream().allMatch(PreconditionFilter::isPrecondition)) {
                throw SmoException.invalid(
                        "The header %s is not valid".formatted(name),
                        List.of(new Violation(
                                "",
                                "expected * or at most %d entity tags in quotes, such as \"3f2a\", once"
                                        .formatted(MOST_TAGS))));
            }
            if (!values.isEmpty()
                    && !READING.contains(request.getMethod())
                    && !isConditional()
                    && !isAny(name, values)) {
                throw new ClientErrorException(PRECONDITION_FAILED);
            }
        }
    }

    private static boolean isPrecondition(String value) {
        if (value.strip().equals("*")) {
            return true;
        }
        Matcher tag = TAG.matcher(value);
        for (int count = 0; count < MOST_TAGS && tag.lookingAt(); count++) {
            if (tag.group(1).isEmpty()) {
                return true;
            }
            tag.region(tag.end(), value.length());
        }
        return false;
    }

    private boolean isConditional() {
        return resource != null
                && resource.getResourceMethod() != null
                && resource.getResourceMethod().isAnnotationPresent(Conditional.class);
    }

    private static boolean isAny(String name, List<String> values) {
        return name.equals(HttpHeaders.IF_MATCH) && values.get(0).strip().equals("*");
    }
}
