// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.identity;

import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.access.cli.client.CallFailed;
import eu.nephele.smo.access.cli.client.StoredSessions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "logout", description = "Ends the session of this user at a server.")
public final class LogoutCommand implements Callable<Integer> {

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Override
    public Integer call() throws IOException {
        URI server = connection.client().server();
        StoredSessions sessions = StoredSessions.ofUser();
        Optional<Path> token = sessions.file(server);
        if (token.isEmpty()) {
            connection.terminal().line("There is no session at %s".formatted(server));
            return 0;
        }
        try {
            connection.client(server, token).delete("/api/v1/sessions/current");
        } catch (CallFailed over) {
            // a session that is over, or a server that is gone: the file goes all the same
            connection.error(String.valueOf(over.getMessage()));
        }
        sessions.remove(server);
        connection.terminal().good("Logged out at %s".formatted(server));
        return 0;
    }
}
