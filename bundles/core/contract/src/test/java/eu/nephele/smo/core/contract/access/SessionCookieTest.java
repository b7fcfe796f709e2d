// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SessionCookieTest {

    @Test
    void byTlsOnlyTheCookieCountsThatNobodyElseCanSet() {
        String planted = "smo-session=smos_evil_x; theme=dark";
        assertThat(SessionCookie.token(planted)).contains("smos_evil_x");
        assertThat(SessionCookie.withoutPlain(planted)).isEqualTo("theme=dark");
        assertThat(SessionCookie.token(SessionCookie.withoutPlain(planted + "; __Host-smo-session=smos_1_y")))
                .contains("smos_1_y");
    }
}
