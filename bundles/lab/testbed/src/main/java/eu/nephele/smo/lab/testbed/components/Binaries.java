// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.components;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Locations of the programs that the test bed starts. */
public final class Binaries {

    /** The version that {@code ./smo testbed build-kubernetes} builds. */
    public static final String KUBERNETES_VERSION = "1.20.2";

    private static final String BUILD = "build it with ./smo testbed build-kubernetes";
    private static final Map<String, String> REMEDIES = Map.of(
            "kube-apiserver", BUILD,
            "kube-controller-manager", BUILD,
            "etcd", "install the Debian package etcd-server",
            "docker-registry", "install the Debian package docker-registry",
            "prometheus", "install the Debian package prometheus",
            "prometheus-alertmanager", "install the Debian package prometheus-alertmanager",
            "podman", "install the Debian package podman",
            "runc", "install the Debian package runc",
            "haproxy", "install the Debian package haproxy",
            "openssl", "install the Debian package openssl");

    private final Map<String, String> environment;
    private final Optional<Path> karmada;

    public Binaries(Map<String, String> environment) {
        this(environment, Optional.empty());
    }

    public Binaries(Map<String, String> environment, Optional<Path> karmada) {
        this.environment = Map.copyOf(environment);
        this.karmada = karmada;
    }

    /** Programs by the environment of this process. */
    public static Binaries ofThisMachine() {
        return new Binaries(System.getenv());
    }

    public static Binaries ofThisMachine(Optional<Path> karmada) {
        return new Binaries(System.getenv(), karmada);
    }

    /** @throws MissingComponentException when it is not found */
    public Path find(String program) throws MissingComponentException {
        Optional<Path> found = KarmadaPrograms.NEEDED.contains(program) ? ofKarmada(program) : lookFor(program);
        return found.orElseThrow(() -> new MissingComponentException(program, remedy(program)));
    }

    /** One line for each program that is not found. */
    public List<String> absent(List<String> programs) {
        List<String> lines = new ArrayList<>();
        for (String program : programs) {
            try {
                find(program);
            } catch (MissingComponentException e) {
                lines.add(e.getMessage());
            }
        }
        return List.copyOf(lines);
    }

    /** Programs of Kubernetes are not packaged: they have a folder of their own. */
    public Path kubernetesFolder() {
        String named = environment.getOrDefault("SMO_KUBERNETES_BIN", "");
        if (!named.isEmpty()) {
            return Path.of(named);
        }
        String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path base = cache.isEmpty() ? Path.of(environment.getOrDefault("HOME", "/"), ".cache") : Path.of(cache);
        return base.resolve("smo-testbed").resolve("kubernetes-" + KUBERNETES_VERSION);
    }

    private Optional<Path> ofKarmada(String program) {
        return karmada.map(folder -> folder.resolve(program).toAbsolutePath())
                .filter(path -> program.equals("crds")
                        ? Files.isDirectory(path)
                        : Files.isRegularFile(path) && Files.isExecutable(path));
    }

    private String remedy(String program) {
        if (KarmadaPrograms.NEEDED.contains(program)) {
            return "put %s of Karmada 1.5 or newer into %s; nothing is downloaded or built"
                    .formatted(
                            program.equals("crds") ? "the unpacked crds.tar.gz" : "the program",
                            karmada.map(Path::toString).orElse("the folder named with --karmada"));
        }
        return REMEDIES.getOrDefault(program, "install it and put it on the PATH");
    }

    private Optional<Path> lookFor(String program) {
        if (program.startsWith("kube-")) {
            return Optional.of(kubernetesFolder().resolve(program)).filter(Files::isExecutable);
        }
        for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            Path candidate = Path.of(folder).resolve(program);
            if (!folder.isEmpty() && Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
