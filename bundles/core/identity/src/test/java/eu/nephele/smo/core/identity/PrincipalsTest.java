// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrincipalsTest {

    @ParameterizedTest
    @ValueSource(strings = {"anna", "key:ci", "group:keycloak/Operators", "keycloak:anna@example.org", "cert:CN=anna"})
    void rightsAreGrantedToWhomCallersCanBe(String subject) {
        assertThat(Principals.isSubject(subject)).isTrue();
    }

    /** Nobody who logs in is called so: the grant would look like one, and count for nobody. */
    @ParameterizedTest
    @ValueSource(strings = {"user:anna", "user:", "Anna", "admin", "anna:", "key:", ":anna", "an na", "keycloak:an na"})
    void rightsAreNotGrantedToWhomNobodyCanBe(String subject) {
        assertThat(Principals.isSubject(subject)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"user:anna", "key:ci", "group:keycloak/Operators", "cert:CN=anna", "anna"})
    void noProviderNamesSomebodyAsThisServerDoes(String name) {
        assertThat(Principals.isKnownElsewhere(name)).isFalse();
    }
}
