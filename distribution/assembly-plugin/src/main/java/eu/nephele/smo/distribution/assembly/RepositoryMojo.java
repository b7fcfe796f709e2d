// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.distribution.assembly;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.resolution.ArtifactDescriptorException;
import org.eclipse.aether.resolution.ArtifactDescriptorRequest;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;

/** Creates the repository of the installation with the artifacts that projects of partners need. */
@Mojo(name = "repository", defaultPhase = LifecyclePhase.PACKAGE, threadSafe = true)
public final class RepositoryMojo extends AbstractMojo {

    private static final Set<String> NEEDED_BY_USERS = Set.of("compile", "runtime");
    private static final String SOURCES = "sources";
    private static final String JAVADOC = "javadoc";

    private final RepositorySystem repositories;
    private final MavenSession session;
    private final MavenProject project;

    /** Folder to write; it is recreated. */
    @Parameter(required = true)
    private File repository = new File("repository");

    /** Jars, as {@code group:artifact:version}; each gets a pom without parent and its sources. */
    @Parameter
    private List<String> jars = List.of();

    /** Jars whose Javadoc is included, too. */
    @Parameter
    private List<String> documented = List.of();

    /** Poms that are copied unchanged, same form. */
    @Parameter
    private List<String> poms = List.of();

    /** The time of all outputs of the build. */
    @Parameter(defaultValue = "${project.build.outputTimestamp}", required = true)
    private String timestamp = "";

    /** Called by Maven. */
    @Inject
    public RepositoryMojo(RepositorySystem repositories, MavenSession session, MavenProject project) {
        this.repositories = repositories;
        this.session = session;
        this.project = project;
    }

    @Override
    public void execute() throws MojoExecutionException {
        RepositoryWriter writer = new RepositoryWriter(repository.toPath(), Instant.parse(timestamp));
        try {
            writer.empty();
            for (String id : jars) {
                Coordinates jar = coordinates(id);
                Map<String, Path> attached = new TreeMap<>(Map.of(SOURCES, resolved(jar, SOURCES, "jar")));
                if (documented.contains(id)) {
                    attached.put(JAVADOC, resolved(jar, JAVADOC, "jar"));
                }
                writer.writeJar(jar, resolved(jar, "", "jar"), attached, FlatPom.of(jar, needed(jar)));
            }
            for (String id : poms) {
                Coordinates pom = coordinates(id);
                writer.writePom(pom, resolved(pom, "", "pom"));
            }
        } catch (AssemblyException broken) {
            throw new MojoExecutionException(broken.getMessage(), broken);
        } catch (IOException unwritable) {
            throw new MojoExecutionException("The repository cannot be written to " + repository, unwritable);
        }
    }

    private Coordinates coordinates(String id) {
        return Coordinates.of(id, Map.of("project.version", project.getVersion()), Map.of());
    }

    private Path resolved(Coordinates of, String classifier, String extension) {
        ArtifactRequest request = new ArtifactRequest(
                artifact(of, classifier, extension), project.getRemoteProjectRepositories(), "repository");
        try {
            File file = repositories
                    .resolveArtifact(session.getRepositorySession(), request)
                    .getArtifact()
                    .getFile();
            if (!file.isFile()) {
                throw new AssemblyException(
                        "%s has not been packaged yet in this build: run the phase package or a later one, "
                                        .formatted(of)
                                + "and list its module before the distribution");
            }
            return file.toPath();
        } catch (ArtifactResolutionException missing) {
            throw new AssemblyException(
                    "%s is neither a module of this build nor in a repository: %s".formatted(of, missing.getMessage()),
                    missing);
        }
    }

    private List<NeededLibrary> needed(Coordinates jar) {
        ArtifactDescriptorRequest request = new ArtifactDescriptorRequest(
                artifact(jar, "", "jar"), project.getRemoteProjectRepositories(), "repository");
        try {
            return repositories
                    .readArtifactDescriptor(session.getRepositorySession(), request)
                    .getDependencies()
                    .stream()
                    .filter(dependency -> NEEDED_BY_USERS.contains(dependency.getScope()) && !dependency.isOptional())
                    .map(RepositoryMojo::needed)
                    .toList();
        } catch (ArtifactDescriptorException unreadable) {
            throw new AssemblyException(
                    "The pom of %s cannot be read: %s".formatted(jar, unreadable.getMessage()), unreadable);
        }
    }

    private static NeededLibrary needed(Dependency dependency) {
        Artifact artifact = dependency.getArtifact();
        return new NeededLibrary(
                new Coordinates(artifact.getGroupId(), artifact.getArtifactId(), artifact.getBaseVersion()),
                dependency.getScope());
    }

    private static Artifact artifact(Coordinates of, String classifier, String extension) {
        return new DefaultArtifact(of.group(), of.artifact(), classifier, extension, of.version());
    }
}
