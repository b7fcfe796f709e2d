// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.distribution.assembly;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.License;
import org.apache.maven.model.Model;
import org.apache.maven.model.Parent;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.io.xpp3.MavenXpp3Reader;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.pull.XmlPullParserException;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactDescriptorException;
import org.eclipse.aether.resolution.ArtifactDescriptorRequest;
import org.eclipse.aether.resolution.ArtifactDescriptorResult;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;

/** Artifacts as this build resolves them. */
final class MavenArtifacts {

    /** Of the standard lifecycle, in phases that no build of the product reaches. */
    private static final List<String> UNUSED =
            List.of("maven-install-plugin", "maven-deploy-plugin", "maven-site-plugin");

    private final RepositorySystem repositories;
    private final MavenSession session;
    private final MavenProject project;

    MavenArtifacts(RepositorySystem repositories, MavenSession session, MavenProject project) {
        this.repositories = repositories;
        this.session = session;
        this.project = project;
    }

    /** Whether it is built here. */
    boolean isOwn(Coordinates coordinates) {
        return session.getAllProjects().stream()
                .anyMatch(module -> module.getGroupId().equals(coordinates.group())
                        && module.getArtifactId().equals(coordinates.artifact()));
    }

    Optional<Coordinates> module(String artifact) {
        return session.getAllProjects().stream()
                .filter(module -> module.getArtifactId().equals(artifact))
                .map(module -> new Coordinates(module.getGroupId(), module.getArtifactId(), module.getVersion()))
                .findFirst();
    }

    Path jar(Coordinates coordinates) {
        return resolved(coordinates, "jar", project.getRemoteProjectRepositories())
                .orElseThrow(() -> new AssemblyException("%s cannot be resolved".formatted(coordinates)));
    }

    private Optional<Path> resolved(Coordinates of, String extension, List<RemoteRepository> from) {
        Artifact artifact = new DefaultArtifact(of.group(), of.artifact(), extension, of.version());
        try {
            return Optional.of(repositories
                    .resolveArtifact(
                            session.getRepositorySession(), new ArtifactRequest(artifact, from, "supply chain"))
                    .getArtifact()
                    .getFile()
                    .toPath());
        } catch (ArtifactResolutionException missing) {
            return Optional.empty();
        }
    }

    /** Artifacts of others that a module is compiled or put together with. */
    Map<Coordinates, Path> dependencies(Coordinates module) {
        List<RemoteRepository> from = project.getRemoteProjectRepositories();
        Artifact artifact = new DefaultArtifact(module.group(), module.artifact(), "jar", module.version());
        Map<Coordinates, Path> found = new LinkedHashMap<>();
        try {
            ArtifactDescriptorResult descriptor = repositories.readArtifactDescriptor(
                    session.getRepositorySession(), new ArtifactDescriptorRequest(artifact, from, "supply chain"));
            CollectRequest collect = new CollectRequest(
                    descriptor.getDependencies().stream()
                            .filter(dependency -> !dependency.getScope().equals("test"))
                            .toList(),
                    descriptor.getManagedDependencies(),
                    from);
            for (ArtifactResult result : repositories
                    .resolveDependencies(session.getRepositorySession(), new DependencyRequest(collect, null))
                    .getArtifactResults()) {
                Artifact one = result.getArtifact();
                Coordinates coordinates = new Coordinates(one.getGroupId(), one.getArtifactId(), one.getBaseVersion());
                if (one.getExtension().equals("jar") && one.getFile().isFile() && !isOwn(coordinates)) {
                    found.put(coordinates, one.getFile().toPath());
                }
            }
            return found;
        } catch (ArtifactDescriptorException | DependencyResolutionException unresolved) {
            throw new AssemblyException(
                    "The dependencies of %s cannot be resolved: %s".formatted(module, unresolved.getMessage()),
                    unresolved);
        }
    }

    /** Jars of the plugins that this build runs, and of what their configurations add to them. */
    Map<Coordinates, Path> plugins() {
        Map<Coordinates, Path> found = new TreeMap<>(java.util.Comparator.comparing(Coordinates::toString));
        for (MavenProject module : session.getProjects()) {
            for (Plugin plugin : module.getBuildPlugins()) {
                if (plugin.getExecutions().isEmpty() || UNUSED.contains(plugin.getArtifactId())) {
                    continue;
                }
                add(found, new Coordinates(plugin.getGroupId(), plugin.getArtifactId(), plugin.getVersion()));
                for (Dependency dependency : plugin.getDependencies()) {
                    add(
                            found,
                            new Coordinates(
                                    dependency.getGroupId(), dependency.getArtifactId(), dependency.getVersion()));
                }
            }
        }
        return found;
    }

    private void add(Map<Coordinates, Path> found, Coordinates coordinates) {
        if (!isOwn(coordinates) && !found.containsKey(coordinates)) {
            resolved(coordinates, "jar", project.getRemotePluginRepositories())
                    .ifPresent(file -> found.put(coordinates, file));
        }
    }

    /** What its pom, or that of its parent, says of licences; else what its manifest says. */
    List<String> licences(Coordinates coordinates, Optional<Path> jar) throws IOException {
        Coordinates at = coordinates;
        while (true) {
            Optional<Path> pom = resolved(at, "pom", project.getRemoteProjectRepositories());
            if (pom.isEmpty()) {
                break;
            }
            Model model = model(pom.get());
            if (!model.getLicenses().isEmpty()) {
                return model.getLicenses().stream().map(License::getName).toList();
            }
            Parent parent = model.getParent();
            if (parent == null) {
                break;
            }
            at = new Coordinates(parent.getGroupId(), parent.getArtifactId(), parent.getVersion());
        }
        return jar.isPresent() ? ofManifest(jar.get()) : List.of();
    }

    private static Model model(Path pom) throws IOException {
        try (InputStream in = Files.newInputStream(pom)) {
            return new MavenXpp3Reader().read(in, false);
        } catch (XmlPullParserException broken) {
            throw new IOException("%s cannot be read: %s".formatted(pom, broken.getMessage()), broken);
        }
    }

    private static List<String> ofManifest(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            String said = manifest == null ? null : manifest.getMainAttributes().getValue("Bundle-License");
            List<String> names = new ArrayList<>();
            if (said != null) {
                for (String clause : said.split(",", -1)) {
                    names.add(clause.split(";", 2)[0].strip());
                }
            }
            return names;
        }
    }
}
