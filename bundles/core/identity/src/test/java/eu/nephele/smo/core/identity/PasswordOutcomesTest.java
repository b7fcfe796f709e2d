// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Somebody who guesses passwords can be seen in the metrics. */
class PasswordOutcomesTest {

    private static final String ADDRESS = "10.0.0.1";

    private final PasswordHasher hasher = new PasswordHasher(8, 1, new SecureRandom());
    private final List<String> outcomes = new ArrayList<>();
    private final PasswordCheck check = new PasswordCheck(hasher, new AtomicLong()::get, outcomes::add);
    private final Optional<User> anna = Optional.of(user());

    private User user() {
        return new User("anna", "", true, Optional.of(hasher.hash("right")), 1, Instant.EPOCH);
    }

    @Test
    void whatWasRightALittleWhileAgoDoesNotCount() {
        assertThat(check.fits(anna, "anna", "right", ADDRESS)).isTrue();
        assertThat(check.fits(anna, "anna", "right", ADDRESS)).isTrue();
        assertThat(check.fits(anna, "anna", "wrong", ADDRESS)).isFalse();
        assertThat(check.fits(Optional.empty(), "nobody", "right", ADDRESS)).isFalse();

        assertThat(outcomes).containsExactly("accepted", "wrong", "wrong");
    }

    @Test
    void attemptsThatDoNotCountAnyMoreAreCounted() {
        for (int i = 0; i < 5; i++) {
            assertThat(check.fits(anna, "anna", "wrong", ADDRESS)).isFalse();
        }
        assertThatThrownBy(() -> check.fits(anna, "anna", "right", ADDRESS)).hasMessageContaining("Too many failed");

        assertThat(outcomes).containsExactly("wrong", "wrong", "wrong", "wrong", "wrong", "throttled");
    }
}
