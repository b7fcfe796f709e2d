// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console.mask;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.lenient;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import eu.nephele.smo.ops.console.Http;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class MaskingFilterTest {

    private static final String SECRET = "correct horse";

    private final Http http = new Http("GET");

    private static MaskingFilter filter(String... secrets) {
        return new MaskingFilter(() -> Set.of(secrets));
    }

    @Test
    void textIsMaskedAndHasNoLengthOfBefore() throws Exception {
        filter(SECRET).doFilter(http.request, http.response, (request, response) -> {
            response.setContentLength(99);
            response.setContentLengthLong(99);
            ((HttpServletResponse) response).setHeader("content-length", "99");
            ((HttpServletResponse) response).setHeader("Pragma", "no-cache");
            response.getWriter().print("password = correct h");
            response.flushBuffer();
            response.getWriter().print("orse\n\u00fc");
        });
        assertThat(http.body()).isEqualTo("password = ***\n\u00fc");
        verify(http.response, never()).setContentLength(anyInt());
        verify(http.response, never()).setContentLengthLong(anyLong());
        assertThat(http.headers).containsOnlyKeys("Pragma");
        verify(http.response).setCharacterEncoding("UTF-8");
    }

    @Test
    void bytesAreMasked() throws Exception {
        filter(SECRET).doFilter(http.request, http.response, (request, response) -> response.getOutputStream()
                .write("{\"value\":\"correct horse\"}".getBytes(UTF_8)));
        assertThat(http.body()).isEqualTo("{\"value\":\"***\"}");
    }

    @Test
    void whatWasTakenBackIsNotSent() throws Exception {
        filter(SECRET).doFilter(http.request, http.response, (request, response) -> {
            response.getWriter().print("half a page");
            response.resetBuffer();
            response.getOutputStream().write("sorry".getBytes(UTF_8));
        });
        assertThat(http.body()).isEqualTo("sorry");
    }

    @Test
    void anArchiveIsKnownByItsTypeOrAddress() throws Exception {
        when(http.request.getRequestURI()).thenReturn("/system/console/status-Configurations/all.zip");
        filter(SECRET).doFilter(http.request, http.response, (request, response) -> {
            ZipOutputStream zip = new ZipOutputStream(response.getOutputStream());
            zip.putNextEntry(new ZipEntry("a"));
            zip.write(SECRET.getBytes(UTF_8));
            zip.close();
        });
        assertThat(http.body()).startsWith("PK").contains("a").doesNotContain(SECRET);
    }

    @Test
    void aPageAtTheAddressOfAnArchiveIsMasked() throws Exception {
        lenient().when(http.response.getContentType()).thenReturn("application/zip");
        filter(SECRET).doFilter(http.request, http.response, (request, response) -> response.getWriter()
                .print("no archive of correct horse"));
        assertThat(http.body()).isEqualTo("no archive of ***");
    }

    @Test
    void withoutASecretTheAnswerIsTheOriginalOne() throws Exception {
        filter().doFilter(http.request, http.response, (request, response) -> assertThat(response)
                .isSameAs(http.response));
    }

    @Test
    void filesOfTheConsoleAreNotLookedAt() throws Exception {
        when(http.request.getPathInfo()).thenReturn("/res/ui/config.js");
        filter(SECRET).doFilter(http.request, http.response, (request, response) -> assertThat(response)
                .isSameAs(http.response));
        verify(http.response, never()).setHeader(any(), any());
    }

    @Test
    void aPageWithSuchAPartInItsAddressIs() throws Exception {
        when(http.request.getPathInfo()).thenReturn("/configMgr/res/");
        filter(SECRET).doFilter(http.request, http.response, (request, response) -> response.getWriter()
                .print(SECRET));
        assertThat(http.body()).isEqualTo("***");
    }
}
