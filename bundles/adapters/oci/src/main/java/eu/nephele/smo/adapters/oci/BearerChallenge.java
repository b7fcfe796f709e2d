// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names the token server of a registry, as in {@code WWW-Authenticate: Bearer realm="…",service="…",scope="…"} (RFC 6750, and the
 * token authentication of the distribution specification).
 *
 * @param scope "" where the registry names none
 */
record BearerChallenge(String realm, String service, String scope) {

    private static final Pattern PARAMETER = Pattern.compile("([a-zA-Z_]+)\\s*=\\s*(?:\"([^\"]*)\"|([^\\s,\"]+))");
    private static final String SCHEME = "bearer ";

    /** @return empty: the registry wants another authentication, or names no token server */
    static Optional<BearerChallenge> parse(HttpHeaders headers) {
        return headers.allValues("www-authenticate").stream()
                .filter(value -> value.strip().toLowerCase(Locale.ROOT).startsWith(SCHEME))
                .map(value -> parameters(value.strip().substring(SCHEME.length())))
                .filter(parameters -> parameters.containsKey("realm"))
                .map(parameters -> new BearerChallenge(
                        parameters.get("realm"),
                        parameters.getOrDefault("service", ""),
                        parameters.getOrDefault("scope", "")))
                .findFirst();
    }

    private static Map<String, String> parameters(String text) {
        Map<String, String> parameters = new LinkedHashMap<>();
        Matcher each = PARAMETER.matcher(text);
        while (each.find()) {
            String value = each.group(2) == null ? each.group(3) : each.group(2);
            parameters.putIfAbsent(each.group(1).toLowerCase(Locale.ROOT), value);
        }
        return parameters;
    }

    /** @throws IllegalArgumentException when the realm is no address */
    URI tokenAddress(String repository) {
        String wanted = scope.isEmpty() ? "repository:" + repository + ":pull" : scope;
        String query = (service.isEmpty() ? "" : "service=" + encoded(service) + "&") + "scope=" + encoded(wanted);
        return URI.create(realm + (realm.contains("?") ? "&" : "?") + query);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
