// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.http;

import jakarta.annotation.Priority;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Refuses malformed media types before the framework reads them, which would answer with an HTML page. An {@code Accept} of nothing but
 * problem details limits no answer: errors have that type anyway, and generated clients send it where the other type is no JSON.
 */
@PreMatching
@Priority(MediaTypeFilter.EARLY)
public final class MediaTypeFilter implements ContainerRequestFilter {

    /** After the correlation id and the count of calls. */
    static final int EARLY = Integer.MIN_VALUE + 10;

    private static final int LONGEST = 2_000;
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]{1,127}";
    private static final int MOST_PARAMETERS = 20;

    /** One parameter, possibly empty; a pattern for all parameters would need a deeper stack with each. */
    private static final Pattern PARAMETER =
            Pattern.compile("\\s*;\\s*(?:(%s)=(%s|\"[^\"\\\\]{0,200}\"))?".formatted(TOKEN, TOKEN));

    private static final Pattern TYPE = Pattern.compile("%s/%s".formatted(TOKEN, TOKEN));

    /** Java's own client asks for {@code *; q=.2}, which does not conform and is accepted. */
    private static final Pattern RANGE = Pattern.compile("%s/%s|\\*".formatted(TOKEN, TOKEN));

    private static final Pattern QUALITY = Pattern.compile("0?\\.\\d{1,3}|0\\.?|1(\\.0{0,3})?");

    @Override
    public void filter(ContainerRequestContext request) {
        List<String> types = request.getHeaders().getOrDefault(HttpHeaders.CONTENT_TYPE, List.of());
        if (types.size() > 1 || !types.stream().allMatch(MediaTypeFilter::isType)) {
            throw new NotSupportedException();
        }
        for (String accepted : request.getHeaders().getOrDefault(HttpHeaders.ACCEPT, List.of())) {
            if (accepted.length() > LONGEST || !areRanges(accepted)) {
                throw new NotAcceptableException();
            }
            if (accepted.strip().equalsIgnoreCase(Problem.MEDIA_TYPE)) {
                request.getHeaders().putSingle(HttpHeaders.ACCEPT, MediaType.WILDCARD);
            }
        }
    }

    private static boolean isType(String text) {
        return text.length() <= LONGEST && !text.startsWith("*") && hasForm(TYPE, text.strip());
    }

    private static boolean areRanges(String text) {
        for (String range : text.split(",", -1)) {
            if (!hasForm(RANGE, range.strip())) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether it matches the pattern and has at most twenty parameters with valid quality values. */
    private static boolean hasForm(Pattern beginning, String text) {
        Matcher first = beginning.matcher(text);
        if (!first.lookingAt()) {
            return false;
        }
        int end = first.end();
        Matcher parameter = PARAMETER.matcher(text);
        for (int count = 0; end < text.length(); count++) {
            if (count == MOST_PARAMETERS
                    || !parameter.region(end, text.length()).lookingAt()
                    || !isSane(parameter)) {
                return false;
            }
            end = parameter.end();
        }
        return true;
    }

    private static boolean isSane(Matcher parameter) {
        return parameter.group(1) == null
                || !parameter.group(1).toLowerCase(Locale.ROOT).equals("q")
                || QUALITY.matcher(parameter.group(2)).matches();
    }
}
