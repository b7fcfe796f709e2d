// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.runtime.SmoException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PasswordCheckTest {

    private static final String ADDRESS = "10.0.0.1";
    private static final int AT_ONCE = 20;

    /** A clock that stands still: no delay ends. */
    private final PasswordHasher hasher = new PasswordHasher(1024, 1, new SecureRandom());

    private final PasswordCheck check = new PasswordCheck(hasher, () -> 7);
    private final Optional<User> anna = Optional.of(
            new User("anna", "", true, Optional.of(hasher.hash("right")), 1, Instant.parse("2026-11-01T00:00:00Z")));

    private String attempt(String password) {
        try {
            return check.fits(anna, "anna", password, ADDRESS) ? "fits" : "wrong";
        } catch (SmoException refused) {
            return refused.kind().name();
        }
    }

    private List<String> atOnce(String password) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Callable<String>> attempts = IntStream.range(0, AT_ONCE)
                    .<Callable<String>>mapToObj(i -> () -> attempt(password))
                    .toList();
            List<String> results = new ArrayList<>();
            for (Future<String> result : callers.invokeAll(attempts)) {
                results.add(result.get());
            }
            return results;
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void guessesAtOnceAreCountedLikeThoseOneAfterTheOther() throws Exception {
        List<String> results = atOnce("guess");
        // two are checked at once, so the sixth may have begun when the fifth fails
        assertThat(results).filteredOn("wrong"::equals).hasSizeBetween(5, 6);
        assertThat(results).filteredOn("THROTTLED"::equals).hasSizeGreaterThanOrEqualTo(AT_ONCE - 6);
        assertThat(attempt("right")).isEqualTo("THROTTLED");
    }

    @Test
    void clientsThatKnowThePasswordDoNotHinderEachOther() throws Exception {
        assertThat(atOnce("right")).containsOnly("fits");
    }
}
