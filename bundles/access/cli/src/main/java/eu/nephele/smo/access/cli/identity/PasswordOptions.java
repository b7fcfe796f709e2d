// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.identity;

import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.access.cli.terminal.Terminal;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a password comes from: a file, standard input, chance, or somebody at a terminal. Never an argument. */
public final class PasswordOptions {

    private static final int RANDOM_BYTES = 18;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "Holds the password; - for standard input. Default: asked for at the terminal.")
    private @Nullable String file;

    @Option(names = "--generate-password", description = "A random one, which is shown once.")
    private boolean generated;

    /** Whether the password is made up here, and has to be shown. */
    boolean isGenerated() {
        return generated;
    }

    /** A password that is there already. */
    String present(ConnectionOptions connection) throws IOException {
        if (generated) {
            throw connection.wrong("--generate-password makes a new password, not one that is there already");
        }
        Optional<String> given = given();
        return given.isPresent() ? given.get() : typed(connection, "Password: ");
    }

    /** A new password; somebody at a terminal types it twice. */
    String next(ConnectionOptions connection) throws IOException {
        if (generated) {
            byte[] bytes = new byte[RANDOM_BYTES];
            new SecureRandom().nextBytes(bytes);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        }
        Optional<String> given = given();
        if (given.isPresent()) {
            return given.get();
        }
        String first = typed(connection, "New password: ");
        if (!first.equals(typed(connection, "Once more: "))) {
            throw connection.wrong("The two passwords differ");
        }
        return first;
    }

    private Optional<String> given() throws IOException {
        if (file == null) {
            return Optional.empty();
        }
        String text = file.equals("-")
                ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                : Files.readString(Path.of(file));
        return Optional.of(text.replaceFirst("\\R\\z", ""));
    }

    /** Asks somebody at a terminal. */
    static String typed(ConnectionOptions connection, String prompt) {
        Console console = Terminal.interactive()
                .orElseThrow(() -> connection.wrong(
                        "There is no terminal to ask for a password: --password-file FILE, or - for standard input"));
        return Optional.ofNullable(console.readPassword(prompt))
                .map(String::new)
                .orElseThrow(() -> connection.wrong("No password was given"));
    }
}
