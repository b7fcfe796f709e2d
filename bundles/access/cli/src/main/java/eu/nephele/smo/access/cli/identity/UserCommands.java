// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.access.cli.client.CallFailed;
import eu.nephele.smo.access.cli.client.RestCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code user}: users of a server. */
@Command(
        name = "user",
        description = "Users: list, add, set-password, change-password, disable, enable, remove, reset.",
        synopsisSubcommandLabel = "COMMAND")
public final class UserCommands {

    private static final String USERS = "/api/v1/users";
    private static final String PASSWORD = "password";
    private static final String ENABLED = "enabled";
    private static final int NOT_FOUND = 404;

    @Command(description = "All users.")
    int list(@Mixin ConnectionOptions connection) {
        JsonNode users = connection.client().get(USERS + "?limit=1000");
        if (connection.terminal().isJson()) {
            connection.terminal().json(users);
        } else {
            connection.terminal().table(IdentityTables.users(users.path("items")));
        }
        return 0;
    }

    @Command(description = "Adds a user, who can log in and may what --role says.")
    int add(
            @Mixin ConnectionOptions connection,
            @Mixin PasswordOptions password,
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--full-name", paramLabel = "TEXT") @Nullable String fullName,
            @Option(names = "--role", paramLabel = "ROLE", description = "A role that is granted.") @Nullable
                    String role,
            @Option(names = "--project", paramLabel = "PROJECT", description = "Where; default: in all projects.")
                    @Nullable
                    String project)
            throws IOException {
        if (role == null && project != null) {
            throw connection.wrong("--project says where --role counts; there is no --role");
        }
        String secret = password.next(connection);
        ObjectNode body =
                JsonNodeFactory.instance.objectNode().put("name", name).put(PASSWORD, secret);
        if (fullName != null) {
            body.put("fullName", fullName);
        }
        RestCalls client = connection.client();
        ObjectNode added = (ObjectNode) client.post(USERS, body);
        if (role != null) {
            added.set("grant", client.post("/api/v1/grants", GrantCommands.body(name, role, project)));
        }
        told(connection, password, secret, added, "Added the user " + name);
        return 0;
    }

    private static void told(
            ConnectionOptions connection, PasswordOptions password, String secret, ObjectNode answer, String line) {
        if (password.isGenerated()) {
            answer.put(PASSWORD, secret);
        }
        if (connection.terminal().isJson()) {
            connection.terminal().json(answer);
            return;
        }
        connection.terminal().good(line);
        if (password.isGenerated()) {
            connection.terminal().line("Its password, which is shown this once: " + secret);
        }
    }

    @Command(name = "set-password", description = "Gives a user another password; its sessions end.")
    int setPassword(
            @Mixin ConnectionOptions connection,
            @Mixin PasswordOptions password,
            @Parameters(paramLabel = "NAME") String name)
            throws IOException {
        String secret = password.next(connection);
        ObjectNode changed = (ObjectNode) connection
                .client()
                .patch(path(name), JsonNodeFactory.instance.objectNode().put(PASSWORD, secret));
        told(connection, password, secret, changed, "The user %s has another password".formatted(name));
        return 0;
    }

    @Command(
            name = "change-password",
            description = "Changes the own password, whose present one is asked for; all other sessions end.")
    int changePassword(
            @Mixin ConnectionOptions connection,
            @Mixin PasswordOptions password,
            @Option(
                            names = "--present-password-file",
                            paramLabel = "FILE",
                            description = "Holds the present password. Default: asked for at the terminal.")
                    @Nullable
                    Path present)
            throws IOException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put(
                "present",
                present == null
                        ? PasswordOptions.typed(connection, "Present password: ")
                        : Files.readString(present).replaceFirst("\\R\\z", ""));
        String secret = password.next(connection);
        body.put(PASSWORD, secret);
        connection.client().put("/api/v1/password", body);
        told(connection, password, secret, JsonNodeFactory.instance.objectNode(), "The password is changed");
        return 0;
    }

    @Command(description = "A user cannot log in any more; its sessions end.")
    int disable(@Mixin ConnectionOptions connection, @Parameters(paramLabel = "NAME") String name) {
        return enabled(connection, name, false);
    }

    @Command(description = "A user can log in again.")
    int enable(@Mixin ConnectionOptions connection, @Parameters(paramLabel = "NAME") String name) {
        return enabled(connection, name, true);
    }

    private static int enabled(ConnectionOptions connection, String name, boolean enabled) {
        JsonNode changed = connection
                .client()
                .patch(path(name), JsonNodeFactory.instance.objectNode().put(ENABLED, enabled));
        if (connection.terminal().isJson()) {
            connection.terminal().json(changed);
        } else {
            connection.terminal().good("The user %s can %s".formatted(name, enabled ? "log in" : "no longer log in"));
        }
        return 0;
    }

    @Command(description = "Removes a user with its sessions and grants.")
    int remove(@Mixin ConnectionOptions connection, @Parameters(paramLabel = "NAME") String name) {
        connection.client().delete(path(name));
        connection.terminal().good("Removed the user " + name);
        return 0;
    }

    /** The way back for an administrator who cannot log in: whoever can read the token of the data directory may do that. */
    @Command(
            description =
                    "On the machine of the server, as owner of its data: makes a user that can log in and administers"
                            + " everything, whatever it was before.")
    int reset(
            @Mixin ConnectionOptions connection,
            @Mixin PasswordOptions password,
            @Parameters(paramLabel = "NAME") String name)
            throws IOException {
        RestCalls owner = connection.asOwner();
        String secret = password.next(connection);
        ObjectNode wish =
                JsonNodeFactory.instance.objectNode().put(PASSWORD, secret).put(ENABLED, true);
        ObjectNode user;
        if (exists(owner, name)) {
            user = (ObjectNode) owner.patch(path(name), wish);
        } else {
            user = (ObjectNode) owner.post(USERS, wish.put("name", name));
        }
        user.set("grant", owner.post("/api/v1/grants", GrantCommands.body(name, "admin", null)));
        told(connection, password, secret, user, "The user %s can log in and administers everything".formatted(name));
        return 0;
    }

    private static boolean exists(RestCalls owner, String name) {
        try {
            owner.get(path(name));
            return true;
        } catch (CallFailed failed) {
            if (failed.status() == NOT_FOUND) {
                return false;
            }
            throw failed;
        }
    }

    private static String path(String name) {
        return RestCalls.path("api", "v1", "users", name);
    }
}
