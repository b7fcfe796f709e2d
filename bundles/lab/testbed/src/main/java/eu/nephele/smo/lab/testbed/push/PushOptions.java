// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.push;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code testbed push}: packs charts and descriptors and pushes them.
 *
 * @param registry host and port, plain HTTP
 * @param project first part of the names in the registry
 * @param sources folders of charts, files of descriptors
 */
public record PushOptions(String registry, String project, List<Path> sources) {

    public static final String USAGE = "testbed push REGISTRY PROJECT FOLDER|DESCRIPTOR...";

    public PushOptions {
        sources = List.copyOf(sources);
    }

    public static PushOptions parse(List<String> arguments) {
        if (arguments.size() < 3) {
            throw new IllegalArgumentException("Usage: " + USAGE);
        }
        String registry = arguments.get(0);
        if (!registry.matches("[A-Za-z0-9.-]+(:[0-9]+)?")) {
            throw new IllegalArgumentException("%s is not a registry, expected HOST:PORT".formatted(registry));
        }
        return new PushOptions(
                registry,
                arguments.get(1),
                arguments.subList(2, arguments.size()).stream().map(Path::of).toList());
    }

    /** @return one line for each: reference and digest */
    public List<String> push() throws IOException, InterruptedException {
        RegistryPush registryPush = new RegistryPush(registry);
        List<String> lines = new ArrayList<>();
        for (Path source : sources) {
            PushedArtifact artifact = PushedArtifact.of(source, registry);
            String repository = project + "/" + artifact.name();
            String digest = registryPush.push(repository, artifact);
            lines.add("oci://%s/%s:%s %s".formatted(registry, repository, artifact.tag(), digest));
        }
        return List.copyOf(lines);
    }
}
