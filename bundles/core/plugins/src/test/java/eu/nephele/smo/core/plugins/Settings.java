// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.core.plugins.settings.PluginSettings;
import eu.nephele.smo.core.plugins.settings.PluginSettings.Policy;
import java.time.Duration;

/** Settings of the tests with one thing changed. */
final class Settings {

    private Settings() {}

    static PluginSettings requiringTheKit() {
        return of(Policy.WARN, Policy.REQUIRE, Duration.ofMillis(300));
    }

    /** Too little for all checks. */
    static PluginSettings requiringTheKitWithin(Duration examination) {
        PluginSettings whole = requiringTheKit();
        return new PluginSettings(
                whole.signature(),
                whole.trust(),
                whole.trustPassword(),
                whole.conformance(),
                examination,
                whole.prove(),
                whole.proveDecisions(),
                whole.rehearseDecisions(),
                whole.poll(),
                whole.start(),
                whole.stop(),
                whole.limits());
    }

    static PluginSettings provingFor(int seconds) {
        return of(Policy.WARN, Policy.OFF, Duration.ofSeconds(seconds));
    }

    static PluginSettings signature(Policy policy) {
        return of(policy, Policy.OFF, Duration.ZERO);
    }

    /** Whom the key store names, and nobody else. */
    static PluginSettings trusting(String keyStore, String password) {
        PluginSettings whole = signature(Policy.REQUIRE);
        return new PluginSettings(
                whole.signature(),
                keyStore,
                password,
                whole.conformance(),
                whole.examination(),
                whole.prove(),
                whole.proveDecisions(),
                whole.rehearseDecisions(),
                whole.poll(),
                whole.start(),
                whole.stop(),
                whole.limits());
    }

    private static PluginSettings of(Policy signature, Policy conformance, Duration prove) {
        PluginSettings plain = Server.SETTINGS;
        return new PluginSettings(
                signature,
                plain.trust(),
                plain.trustPassword(),
                conformance,
                plain.examination(),
                prove,
                plain.proveDecisions(),
                plain.rehearseDecisions(),
                plain.poll(),
                plain.start(),
                plain.stop(),
                plain.limits());
    }
}
