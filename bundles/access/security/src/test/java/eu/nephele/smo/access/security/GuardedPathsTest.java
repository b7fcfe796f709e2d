// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GuardedPathsTest {

    private static boolean guarded(String listed, String method, String path) {
        return new GuardedPaths(List.of(), List.of(listed)).guardsChange(method, GuardedPaths.withoutSlashAtEnd(path));
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/infrastructure, /api/v1/kinds/infrastructure/resources/c1, true",
        "/api/v1/infrastructure/, /api/v1/kinds/infrastructure/resources/c1, true",
        "' /api/v1//infrastructure;x ', /api/v1/kinds/infrastructure/resources/c1, true",
        "/api/v1/infrastructure, /api/v1/kinds/infrastructure/resources/c1/, true",
        "/api/v1/infrastructure, /api/v1/kinds/infrastructure, true",
        "/api/v1/infrastructure, /api/v1/kinds/infrastructure/, true",
        // one resource, or each, as a path of its own names it
        "/api/v1/zone/a.example, /api/v1/kinds/zone/resources/a.example, true",
        "/api/v1/zone/a.example, /api/v1/kinds/zone/resources/b.example, false",
        "/api/v1/zone/*, /api/v1/kinds/zone/resources/a.example, true",
        "/api/v1/zone/resources/*, /api/v1/kinds/zone/resources/a.example, true",
        "/api/v1/*/a.example, /api/v1/kinds/zone/resources/a.example, true",
        // as it is written in the list goes on to count
        "/api/v1/kinds, /api/v1/kinds/zone/resources/a.example, true",
        "/api/v1/kinds/zone, /api/v1/kinds/zone/resources/a.example, true",
        "/api/v1/kinds/*/resources/a.example, /api/v1/kinds/zone/resources/a.example, true",
        // nothing else
        "/api/v1/infrastructure, /api/v1/kinds/zone/resources/infrastructure, false",
        "/api/v1/infrastructure, /api/v1/kinds, false",
        "/api/v1/infrastructure, /api/v1/kinds/infrastructurex/resources/c1, false",
        "/api/v1/infrastructure, /kinds/infrastructure/resources/c1, false",
        "/api/v1/infrastructure, /api/v1/x/kinds/infrastructure/resources/c1, false",
        "/api/v1/zone/resourcesx, /api/v1/kinds/zone/resources/x, false",
    })
    void whatIsGuardedUnderAKindsOwnPathIsGuardedUnderThatOfAllKinds(String listed, String path, boolean expected) {
        assertThat(guarded(listed, "PUT", path)).isEqualTo(expected);
        assertThat(guarded(listed, "DELETE", path)).isEqualTo(expected);
        assertThat(guarded(listed, "GET", path)).isFalse();
        assertThat(new GuardedPaths(List.of(listed), List.of())
                        .isForAdministrators(GuardedPaths.withoutSlashAtEnd(path)))
                .isEqualTo(expected);
    }

    @Test
    void anEncodedNameIsTheNameThatItEncodes() throws RequestPath.Ambiguous {
        String path = RequestPath.decoded("/api/v1/%6bind%73/infrastr%75cture/%72esources/c1");

        assertThat(guarded("/api/v1/infrastructure", "DELETE", path)).isTrue();
    }
}
