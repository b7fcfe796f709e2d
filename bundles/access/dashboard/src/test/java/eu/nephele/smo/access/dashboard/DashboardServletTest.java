// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.lenient;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class DashboardServletTest {

    private final DashboardServlet servlet = new DashboardServlet(BundledFiles.in(BuiltBundle.create()));

    private record Answer(Map<String, String> headers, String type, byte[] body, HttpServletResponse response) {

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    @Test
    void everyAddressOfThePageIsAnsweredWithItsFrame() throws IOException {
        Answer root = get("/", Map.of());
        assertThat(root.type()).isEqualTo("text/html;charset=UTF-8");
        assertThat(root.text()).contains("<smo-shell>").doesNotContain("{{");
        assertThat(root.headers()).containsEntry("Cache-Control", "no-cache");
        assertThat(get("/graphs/demo/shop/why/web", Map.of()).text()).isEqualTo(root.text());
        assertThat(get(null, Map.of()).text()).isEqualTo(root.text());
    }

    @Test
    void thePolicyAllowsTheImportMapAndNoOtherInlineScriptOrHost() throws Exception {
        Answer root = get("/", Map.of());
        Matcher map = Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL)
                .matcher(root.text());
        assertThat(map.find()).isTrue();
        String hash = Base64.getEncoder()
                .encodeToString(
                        MessageDigest.getInstance("SHA-256").digest(map.group(1).getBytes(StandardCharsets.UTF_8)));
        assertThat(root.headers().get("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self' 'sha256-" + hash + "';", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "http:", "https:", "*");
        assertThat(root.text().replace(map.group(), ""))
                .doesNotContainPattern("<script(?![^>]*src=)")
                .doesNotContain("<style", "style=", "onclick", "//");
    }

    @Test
    void filesAreKeptByBrowsersForGoodAndSentCompressed() throws IOException {
        String file = asset("main.js");
        Answer compressed = get(file, Map.of("Accept-Encoding", "br, gzip"));
        assertThat(compressed.headers())
                .containsEntry("Cache-Control", "public, max-age=31536000, immutable")
                .containsEntry("Content-Encoding", "gzip")
                .containsEntry("Vary", "Accept-Encoding");
        String plain = get(file, Map.of()).text();
        assertThat(plain).contains("import");
        assertThat(new GZIPInputStream(new ByteArrayInputStream(compressed.body())).readAllBytes())
                .isEqualTo(plain.getBytes(StandardCharsets.UTF_8));
        assertThat(get(file, Map.of("Accept-Encoding", "gzip;q=0")).headers()).doesNotContainKey("Content-Encoding");
    }

    @Test
    void whatABrowserHasIsNotSentAgain() throws IOException {
        String etag = get("/", Map.of()).headers().get("ETag");
        Answer again = get("/", Map.of("If-None-Match", etag));
        verify(again.response()).setStatus(304);
        assertThat(again.body()).isEmpty();
    }

    @Test
    void filesOfAnotherVersionAreNotMixedIn() throws IOException {
        Answer other = get("/assets/0123456789abcdef/main.js", Map.of());
        verify(other.response()).sendError(404, "The page has no such file in this version");
        Answer outside = get(asset("../DashboardServlet.class"), Map.of());
        verify(outside.response()).sendError(404, "The page has no such file in this version");
    }

    private String asset(String name) throws IOException {
        Matcher assets = Pattern.compile("/dashboard(/assets/[0-9a-f]+/)main.js")
                .matcher(get("/", Map.of()).text());
        assertThat(assets.find()).isTrue();
        return assets.group(1) + name;
    }

    private Answer get(String path, Map<String, String> headers) throws IOException {
        HttpServletRequest request = mock(HttpServletRequest.class);
        lenient().when(request.getPathInfo()).thenReturn(path);
        headers.forEach((name, value) -> when(request.getHeader(name)).thenReturn(value));
        HttpServletResponse response = mock(HttpServletResponse.class);
        Map<String, String> sent = new HashMap<>();
        lenient()
                .doAnswer(call -> sent.put(call.getArgument(0), call.getArgument(1)))
                .when(response)
                .setHeader(org.mockito.ArgumentMatchers.anyString(), org.mockito.ArgumentMatchers.anyString());
        String[] type = {""};
        lenient()
                .doAnswer(call -> type[0] = call.getArgument(0))
                .when(response)
                .setContentType(org.mockito.ArgumentMatchers.anyString());
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        lenient().when(response.getOutputStream()).thenReturn(new CollectedOutput(body));
        servlet.doGet(request, response);
        return new Answer(sent, type[0], body.toByteArray(), response);
    }

    private static final class CollectedOutput extends ServletOutputStream {

        private final ByteArrayOutputStream body;

        CollectedOutput(ByteArrayOutputStream body) {
            this.body = body;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException("it is always ready");
        }

        @Override
        public void write(int one) {
            body.write(one);
        }
    }
}
