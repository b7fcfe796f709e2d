// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.components;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinariesTest {

    @TempDir
    Path folder;

    @Test
    void aMissingComponentIsNamedWithItsRemedy() {
        Binaries none = new Binaries(Map.of("PATH", folder.toString(), "HOME", folder.toString()));

        assertThat(none.absent(List.of("kube-apiserver", "docker-registry")))
                .containsExactly(
                        "ABSENT kube-apiserver: build it with ./smo testbed build-kubernetes",
                        "ABSENT docker-registry: install the Debian package docker-registry");
        assertThatThrownBy(() -> none.find("etcd"))
                .isInstanceOf(MissingComponentException.class)
                .hasMessage("ABSENT etcd: install the Debian package etcd-server");
    }

    @Test
    void programsAreFoundOnThePath() throws Exception {
        Path etcd = program("etcd");
        Files.createFile(folder.resolve("prometheus")); // not executable

        Binaries binaries = new Binaries(Map.of("PATH", "/nonexistent:" + folder));

        assertThat(binaries.find("etcd")).isEqualTo(etcd);
        assertThat(binaries.absent(List.of("etcd", "prometheus"))).hasSize(1);
    }

    @Test
    void programsOfKubernetesAreInTheirOwnFolder() throws Exception {
        Path server = program("kube-apiserver");

        assertThat(new Binaries(Map.of("SMO_KUBERNETES_BIN", folder.toString())).find("kube-apiserver"))
                .isEqualTo(server);
        assertThat(new Binaries(Map.of("XDG_CACHE_HOME", "/cache", "HOME", "/home")).kubernetesFolder())
                .hasToString("/cache/smo-testbed/kubernetes-1.20.2");
        assertThat(new Binaries(Map.of("HOME", "/home")).kubernetesFolder())
                .hasToString("/home/.cache/smo-testbed/kubernetes-1.20.2");
    }

    private Path program(String name) throws IOException {
        return Files.createFile(
                folder.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }
}
