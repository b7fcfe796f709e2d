// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class PasswordHasherTest {

    private final PasswordHasher hasher = new PasswordHasher(64, 2, new SecureRandom());

    @Test
    void theRightPasswordFitsAndNoOther() {
        String hash = hasher.hash("correct horse");
        assertThat(hash).startsWith("$argon2id$v=19$m=64,t=2,p=1$").doesNotContain("horse");
        assertThat(hasher.fits("correct horse", hash)).isTrue();
        assertThat(hasher.fits("correct horse ", hash)).isFalse();
        assertThat(hasher.fits("", hash)).isFalse();
        assertThat(hasher.hash("correct horse")).as("another salt").isNotEqualTo(hash);
    }

    /** Made by the reference implementation: {@code echo -n password | argon2 somesalt -id -t 2 -m 8 -p 1 -l 32}. */
    @Test
    void aHashOfTheReferenceImplementationIsUnderstood() {
        String hash = "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
        assertThat(hasher.fits("password", hash)).isTrue();
        assertThat(hasher.fits("Password", hash)).isFalse();
    }

    @Test
    void aTextThatIsNoHashIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> hasher.fits("password", "plain"));
    }
}
