// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AnswerHeadersTest {

    private static final int YEAR_SECONDS = 31_536_000;

    @Test
    void whatAnAnswerHasSetItselfStays() {
        HttpFields.Mutable fields = HttpFields.build()
                .put("Content-Security-Policy", "frame-ancestors 'self'")
                .put("Referrer-Policy", "same-origin")
                .put("Cache-Control", "max-age=5")
                .put("Server", "Jetty");
        new AnswerHeaders(YEAR_SECONDS).complete(fields, "/api/v1/clusters", false);
        assertThat(fields.asString())
                .contains("Content-Security-Policy: frame-ancestors 'self'")
                .contains("Referrer-Policy: same-origin")
                .contains("Cache-Control: max-age=5")
                .contains("X-Content-Type-Options: nosniff")
                .contains("X-Frame-Options: DENY")
                .doesNotContain("Server", "Strict-Transport-Security");
        assertThat(fields.size()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/clusters, true",
        "/graphs, true",
        "/docsx, true",
        "'', true",
        "/docs, false",
        "/docs/swagger-ui.css, false",
        "/system/console/res/x.css, false"
    })
    void nothingButPagesIsStored(String path, boolean noStore) {
        HttpFields.Mutable fields = HttpFields.build();
        new AnswerHeaders(0).complete(fields, path, true);
        assertThat(fields.contains("Cache-Control", "no-store")).isEqualTo(noStore);
        assertThat(fields.contains("Strict-Transport-Security")).isFalse();
    }
}
