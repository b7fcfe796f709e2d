// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.containers;

import eu.nephele.smo.access.cli.ConnectionOptions;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code containers install-service}: the files that make the SMO a service of systemd. */
@Command(
        name = "install-service",
        description =
                "Writes the unit of systemd, its user and its file of secrets, with absolute paths; needs to be root. It starts nothing:"
                        + " the commands for that are printed. --print shows the files instead.")
public final class InstallServiceCommand implements Callable<Integer> {

    private static final String ROOT = "root";
    private static final Pattern USER = Pattern.compile("[a-z_][a-z0-9_-]{0,30}");
    private static final Pattern PLAIN_PATH = Pattern.compile("/[A-Za-z0-9._/@+-]*");

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Option(names = "--print", description = "Shows the files and writes none.")
    private boolean print;

    @Option(
            names = "--installation",
            paramLabel = "DIR",
            description = "Folder of the installation; default: the one of this command.")
    private @Nullable Path installation;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "/var/lib/smo",
            description = "Data folder; default: ${DEFAULT-VALUE}.")
    private Path data = Path.of("/var/lib/smo");

    @Option(names = "--user", defaultValue = "smo", description = "User of its own; default: ${DEFAULT-VALUE}.")
    private String user = "smo";

    @Option(names = "--profile", defaultValue = "containers", description = "Default: ${DEFAULT-VALUE}.")
    private String profile = "containers";

    @Option(names = "--service-port", defaultValue = "8080", description = "Default: ${DEFAULT-VALUE}.")
    private int servicePort;

    @Option(
            names = "--writable",
            paramLabel = "DIR",
            description =
                    "A further folder that the SMO writes to, such as that of the file of HAProxy; once for each.")
    private List<Path> writable = List.of();

    @Option(
            names = "--root",
            paramLabel = "DIR",
            description = "Writes below another root, as for an image; needs no rights but those for that folder.")
    private @Nullable Path root;

    @Override
    public Integer call() throws IOException {
        ServiceUnit unit = unit();
        if (print) {
            if (ServiceUnit.isHidden(unit.installation())) {
                connection.error(hidden(unit.installation()));
            }
            unit.files().forEach((path, text) -> connection.terminal().raw("# /%s%n%s%n".formatted(path, text)));
            return 0;
        }
        if (root == null && !ROOT.equals(System.getProperty("user.name"))) {
            throw connection.wrong(
                    "Only root may write the unit: run it with sudo; or look at it with --print, or write it elsewhere with --root");
        }
        if (root == null) {
            // a link may lead there
            refuseHidden(unit.installation().toRealPath());
        }
        write(unit, Optional.ofNullable(root).orElse(Path.of("/")));
        return 0;
    }

    private ServiceUnit unit() throws IOException {
        Path home = Optional.ofNullable(installation).map(Path::toAbsolutePath).orElseGet(InstallServiceCommand::own);
        if (!Files.isExecutable(home.resolve("smo"))) {
            throw new IOException("There is no installation at %s: name it with --installation".formatted(home));
        }
        if (!USER.matcher(user).matches() || !USER.matcher(profile).matches()) {
            throw connection.wrong("--user and --profile are lower-case names");
        }
        // what stands for something in a unit, and blanks, would need quotes of four languages
        Stream.concat(Stream.of(home, data), writable.stream())
                .filter(path -> !PLAIN_PATH.matcher(path.toString()).matches())
                .findFirst()
                .ifPresent(path -> {
                    throw connection.wrong(
                            "%s: an absolute path of letters, digits and . _ / @ + - is needed".formatted(path));
                });
        Stream.concat(Stream.of(data), writable.stream()).forEach(this::refuseHidden);
        return new ServiceUnit(home.normalize(), data, user, profile, servicePort, writable);
    }

    private void refuseHidden(Path folder) {
        if (ServiceUnit.isHidden(folder)) {
            throw connection.wrong(hidden(folder));
        }
    }

    private static String hidden(Path folder) {
        return "%s is hidden from the service, as all below /home, /root, /run/user, /tmp and /var/tmp: move it, to /opt for example"
                .formatted(folder);
    }

    private void write(ServiceUnit unit, Path base) throws IOException {
        for (Map.Entry<String, String> file : unit.files().entrySet()) {
            Path target = base.resolve(file.getKey());
            Files.createDirectories(Objects.requireNonNull(target.getParent(), "folder"));
            boolean secrets = file.getKey().equals(ServiceUnit.ENVIRONMENT);
            if (secrets && Files.exists(target)) {
                connection.terminal().line("%s stays as it is".formatted(target));
                continue;
            }
            Files.writeString(target, file.getValue());
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(secrets ? "rw-------" : "rw-r--r--"));
            connection.terminal().line(target.toString());
        }
        connection.terminal().line("Next:");
        for (String command : List.of(
                "systemd-sysusers",
                "systemd-tmpfiles --create smo.conf",
                "systemctl daemon-reload",
                "systemctl enable --now smo",
                "sudo -u %s -H %s/smo containers servers    # as the user of the service: it knows port and token"
                        .formatted(unit.user(), unit.installation()))) {
            connection.terminal().line("  " + command);
        }
    }

    /** The installation has the jars of this in {@code cli}. */
    private static Path own() {
        try {
            Path jar = Path.of(InstallServiceCommand.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return Objects.requireNonNull(jar.getParent(), "folder")
                    .resolve("..")
                    .normalize();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
