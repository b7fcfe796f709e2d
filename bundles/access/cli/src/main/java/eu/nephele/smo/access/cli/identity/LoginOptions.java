// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.identity;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Who logs in, and by what. */
public final class LoginOptions {

    @Option(names = "--user", paramLabel = "NAME", description = "A user of the server, by password.")
    private @Nullable String user;

    @ArgGroup(exclusive = false)
    private @Nullable ProviderOptions provider;

    /** By an identity provider. */
    static final class ProviderOptions {

        @Option(
                names = "--provider",
                paramLabel = "NAME",
                required = true,
                description =
                        "Whoever an identity provider of the server knows; there, not here, is the password asked for.")
        private String name = "";

        @ArgGroup
        private @Nullable Flow flow;

        String name() {
            return name;
        }

        /** Without a choice: a browser where there is a screen. */
        boolean byBrowser() {
            return flow == null ? LoopbackBrowser.hasScreen(System.getenv()) : flow.browser && !flow.device;
        }
    }

    /** With a browser of this machine, or without one. */
    private static final class Flow {

        @Option(names = "--browser", description = "With a browser of this machine; default where there is a screen.")
        private boolean browser;

        @Option(
                names = "--device",
                description = "With a code that is entered in a browser anywhere; default where there is no screen.")
        private boolean device;
    }

    /** Empty: by an identity provider. */
    @Nullable
    String user() {
        return user;
    }

    @Nullable
    ProviderOptions provider() {
        return provider;
    }
}
