// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Somebody with a browser of their own, who fills in Keycloak's forms. */
final class KeycloakVisitor {

    private static final Pattern FORM = Pattern.compile("<form[^>]*\\saction=\"([^\"]+)\"");
    private static final Pattern CODE = Pattern.compile("name=\"code\" value=\"([^\"]+)\"");

    /** Sends cookies as browsers do (RFC 6265); Java's own way has quotes and attributes in it (RFC 2965). */
    private static final class BrowserCookies extends CookieManager {

        BrowserCookies() {
            super(null, CookiePolicy.ACCEPT_ALL);
        }

        @Override
        public Map<String, List<String>> get(URI address, Map<String, List<String>> headers) {
            String all = getCookieStore().get(address).stream()
                    .filter(cookie -> address.getPath().startsWith(cookie.getPath()))
                    .filter(cookie -> !cookie.getSecure() || "https".equals(address.getScheme()))
                    .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                    .collect(Collectors.joining("; "));
            return all.isEmpty() ? Map.of() : Map.of("Cookie", List.of(all));
        }
    }

    private final CookieManager cookies = new BrowserCookies();
    private final HttpClient client = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, BodyHandlers.ofString());
    }

    HttpResponse<String> get(String address) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(address)).build());
    }

    List<HttpCookie> cookies(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .toList();
    }

    /** Goes to an address that leads to the form of the login, and further to where that leads. */
    HttpResponse<String> login(String address, String user, String password) throws IOException, InterruptedException {
        HttpResponse<String> page = get(address);
        HttpResponse<String> next = submit(page, Map.of("username", user, "password", password));
        Matcher consent = CODE.matcher(next.body());
        return consent.find() && next.body().contains("name=\"accept\"")
                ? submit(next, Map.of("code", consent.group(1), "accept", "Yes"))
                : next;
    }

    private HttpResponse<String> submit(HttpResponse<String> page, Map<String, String> fields)
            throws IOException, InterruptedException {
        URI target = form(page)
                .orElseThrow(() -> new AssertionError(
                        "No form at %s: %d %s".formatted(page.uri(), page.statusCode(), page.body())));
        String body = new HashMap<>(fields)
                .entrySet().stream()
                        .map(field ->
                                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(target)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    static Optional<URI> form(HttpResponse<String> page) {
        Matcher form = FORM.matcher(page.body());
        return form.find() ? Optional.of(page.uri().resolve(form.group(1).replace("&amp;", "&"))) : Optional.empty();
    }
}
