// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command lines of a partner: the script of the installation, and a Maven whose local repository begins empty. */
final class PartnerShell {

    private static final long LIMIT_SECONDS = 300;

    private final Path work;
    private final Path home;
    private final int port;

    /**
     * @param work folder for the settings of Maven, its repository and what is said
     * @param home home directory of the commands, where a running server is found
     * @param port of that server
     */
    PartnerShell(Path work, Path home, int port) throws IOException {
        this.work = work;
        this.home = home;
        this.port = port;
        Files.writeString(work.resolve("settings.xml"), settings());
    }

    /** @return what it said; a failure when it did not end well */
    String smo(Path folder, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(Distribution.HOME.resolve("smo").toString()));
        command.addAll(List.of(arguments));
        if (!arguments[0].equals("new")) {
            command.addAll(List.of("--url", "http://127.0.0.1:" + port));
        }
        return run(folder, command);
    }

    /** Offline, but for files: what is published by others has been fetched by this build already. */
    void maven(Path folder, String phase) throws Exception {
        run(
                folder,
                List.of(
                        "mvn",
                        "-B",
                        "-q",
                        "-o",
                        "-Daether.offline.protocols=file",
                        "-s",
                        work.resolve("settings.xml").toString(),
                        phase));
    }

    private String run(Path folder, List<String> command) throws Exception {
        Path output = Files.createTempFile(work, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("HOME", home.toString());
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "MAVEN_OPTS", "MAVEN_ARGS"));
        Process process = builder.start();
        boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        String text = Files.readString(output);
        assertThat(ended).as("%s ends; it said: %s", command, text).isTrue();
        assertThat(process.exitValue()).as("%s: %s", command, text).isZero();
        return text;
    }

    private String settings() {
        Path fetched =
                Path.of(System.getProperty("maven.repo.local", System.getProperty("user.home") + "/.m2/repository"));
        String policy =
                "<url>%s</url><releases><checksumPolicy>ignore</checksumPolicy></releases>".formatted(fetched.toUri());
        return """
                <settings>
                  <localRepository>%s</localRepository>
                  <profiles><profile>
                    <id>mirror</id>
                    <repositories><repository><id>central</id>%s</repository></repositories>
                    <pluginRepositories><pluginRepository><id>central</id>%s</pluginRepository></pluginRepositories>
                  </profile></profiles>
                  <activeProfiles><activeProfile>mirror</activeProfile></activeProfiles>
                </settings>
                """.formatted(work.resolve("repository"), policy, policy);
    }
}
