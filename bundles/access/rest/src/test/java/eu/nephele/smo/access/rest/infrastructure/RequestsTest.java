// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.access.rest.infrastructure.Request.Action;
import eu.nephele.smo.api.runtime.SmoException;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequestsTest {

    private final Requests requests = new Requests(Clock.systemUTC());

    private String open() {
        return requests.open("rack", Action.DELETE, Optional.of("burst")).id();
    }

    @Test
    void theOldestThatHasEndedMakesRoomAndNoneThatIsOpen() {
        String stillOpen = open();
        String ended = open();
        requests.end(ended, (request, at) -> request.done(at, Optional.empty()));
        for (int i = 2; i < Requests.KEPT; i++) {
            open();
        }

        open();
        assertThat(requests.of("rack")).hasSize(Requests.KEPT);
        assertThat(requests.get("rack", stillOpen).state()).isEqualTo(Request.State.PENDING);
        assertThatThrownBy(() -> requests.get("rack", ended)).isInstanceOf(SmoException.class);
    }

    @Test
    void whereAllAreOpenNoMoreAreTaken() {
        for (int i = 0; i < Requests.KEPT; i++) {
            open();
        }
        assertThatThrownBy(this::open).isInstanceOfSatisfying(SmoException.class, refused -> assertThat(refused.kind())
                .isEqualTo(SmoException.Kind.UNAVAILABLE));
    }
}
