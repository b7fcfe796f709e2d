// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.PullImageCmd;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ContainerPort;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.EventType;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.core.DockerClientImpl;
import eu.nephele.smo.adapters.docker.engine.EngineContainer.PublishedBinding;
import eu.nephele.smo.adapters.docker.model.ContainerName;
import eu.nephele.smo.adapters.docker.model.ContainerRecord;
import eu.nephele.smo.adapters.docker.model.ImageReference;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An engine by docker-java. */
public final class DockerJavaEngine implements ContainerEngine {

    private static final Logger LOG = LoggerFactory.getLogger(DockerJavaEngine.class);
    private static final Duration STOP_MARGIN = Duration.ofMinutes(2);
    private static final long NANOS_OF_A_MILLI = 1_000_000L;

    private final EngineFailures failures;
    private final Duration answerWithin;
    private final DockerClient quick;
    private final UsageReader usages;
    private final DockerClient patient;
    private final DockerClient streams;

    /**
     * @param server its name, for messages
     * @param answerWithin longest silence within one answer, except where an engine may take longer: stopping, and
     *     pulling
     */
    public DockerJavaEngine(String server, EngineTransport transport, Duration answerWithin) {
        failures = new EngineFailures(server);
        PlainClientConfig config = new PlainClientConfig(transport.address());
        this.answerWithin = answerWithin;
        EngineClients clients = transport.open(answerWithin, answerWithin.plus(STOP_MARGIN));
        quick = DockerClientImpl.getInstance(config, clients.quick());
        usages = new UsageReader(clients.quick(), config.getObjectMapper());
        patient = DockerClientImpl.getInstance(config, clients.patient());
        streams = DockerClientImpl.getInstance(config, clients.streams());
    }

    @Override
    public EngineFacts facts() {
        return ask("Read what the engine is", () -> {
            Info info = quick.infoCmd().exec();
            return new EngineFacts(
                    Optional.ofNullable(info.getNCPU()).orElse(0),
                    Optional.ofNullable(info.getMemTotal()).orElse(0L),
                    Optional.ofNullable(info.getServerVersion()).orElse(""),
                    Optional.ofNullable(info.getDriver()).orElse(""),
                    Optional.ofNullable(info.getImages()).orElse(0));
        });
    }

    @Override
    public List<EngineContainer> list() {
        return ask("List the containers", () -> quick.listContainersCmd().withShowAll(true).exec().stream()
                .map(DockerJavaEngine::read)
                .toList());
    }

    private static EngineContainer read(Container container) {
        String[] names = Optional.ofNullable(container.getNames()).orElse(new String[0]);
        List<PublishedBinding> ports = new ArrayList<>();
        for (ContainerPort port : Optional.ofNullable(container.getPorts()).orElse(new ContainerPort[0])) {
            if (port.getPrivatePort() != null && port.getPublicPort() != null && port.getPublicPort() > 0) {
                ports.add(new PublishedBinding(port.getPrivatePort(), port.getPublicPort()));
            }
        }
        Map<String, String> labels = Optional.ofNullable(container.getLabels()).orElse(Map.of());
        return new EngineContainer(
                container.getId(),
                new ContainerName(names.length == 0 ? "" : names[0].replaceFirst("^/", "")),
                ContainerRecord.read(labels),
                Optional.ofNullable(container.getImage()).orElse(""),
                Optional.ofNullable(container.getImageId()).orElse(""),
                Optional.ofNullable(container.getState()).orElse(""),
                Optional.ofNullable(container.getStatus()).orElse(""),
                ports,
                Optional.ofNullable(container.getCreated()).orElse(0L));
    }

    @Override
    public String create(ContainerDraft draft) {
        return ask("Make the container %s".formatted(draft.name()), () -> {
            CreateContainerCmd command =
                    quick.createContainerCmd(draft.record().imageReference().name());
            new DraftOptions(draft).putInto(command);
            return command.exec().getId();
        });
    }

    @Override
    public void start(String id) {
        act("Start the container", id, () -> patient.startContainerCmd(id).exec());
    }

    @Override
    public void rename(String id, ContainerName name) {
        act("Rename the container to " + name, id, () -> quick.renameContainerCmd(id)
                .withName(name.text())
                .exec());
    }

    @Override
    public void stop(String id, Duration grace) {
        act("Stop the container", id, () -> patient.stopContainerCmd(id)
                .withTimeout((int) grace.toSeconds())
                .exec());
    }

    @Override
    public void remove(String id) {
        try {
            act("Remove the container", id, () -> patient.removeContainerCmd(id)
                    .withRemoveVolumes(true)
                    .exec());
        } catch (AdapterException failed) {
            if (failed.kind() != Kind.NOT_FOUND) {
                throw failed;
            }
            LOG.debug("container removed already id={}", id);
        }
    }

    @Override
    public boolean hasImage(ImageReference image) {
        return ask("Look for the image " + image.name(), () -> {
            try {
                return quick.inspectImageCmd(image.name()).exec() != null;
            } catch (NotFoundException absent) {
                return false;
            }
        });
    }

    @Override
    public void pull(ImageReference image, Optional<RegistryLogin> login, Consumer<String> progress, Duration limit) {
        String doing = "Pull the image " + image.name();
        PullImageCmd command = streams.pullImageCmd(image.name());
        login.ifPresent(known -> command.withAuthConfig(new AuthConfig()
                .withUsername(known.user())
                .withPassword(known.password())
                .withRegistryAddress(known.registry())));
        PullProgress pull = new PullProgress(progress);
        boolean ended = ask(doing, () -> {
            command.exec(pull);
            return pull.await(limit);
        });
        if (!ended) {
            throw failures.failure(
                    Kind.TIMED_OUT,
                    "%s on %s: not done within %d s".formatted(doing, failures.server(), limit.toSeconds()));
        }
        pull.failure().ifPresent(said -> {
            throw failures.failure(
                    said.contains("no space left") ? Kind.UNAVAILABLE : Kind.REFUSED,
                    "%s on %s: %s".formatted(doing, failures.server(), said));
        });
    }

    @Override
    public Optional<ContainerUsage> usage(String id) {
        return ask("Read the statistics of a container", () -> usages.read(id));
    }

    @Override
    public List<String> log(String id, int lines, int maxBytes) {
        return ask("Read the log of a container", () -> {
            LogLines read = new LogLines(maxBytes);
            quick.logContainerCmd(id)
                    .withStdOut(true)
                    .withStdErr(true)
                    .withTail(lines)
                    .exec(read);
            return read.await(answerWithin);
        });
    }

    @Override
    public Resources limits(String id) {
        return ask("Read the limits of a container", () -> {
            try {
                HostConfig host = quick.inspectContainerCmd(id).exec().getHostConfig();
                return host == null ? Resources.NONE : limits(host);
            } catch (NotFoundException gone) {
                return Resources.NONE;
            }
        });
    }

    private static Resources limits(HostConfig host) {
        long nanos = positive(host.getNanoCPUs());
        long quota = positive(host.getCpuQuota());
        long period = positive(host.getCpuPeriod());
        long ofPeriod = period > 0 ? quota * 1000 / period : 0;
        long millis = nanos > 0 ? nanos / NANOS_OF_A_MILLI : ofPeriod;
        return new Resources(millis, positive(host.getMemory()), 0, 0);
    }

    private static long positive(@Nullable Long amount) {
        return amount == null || amount < 0 ? 0 : Math.min(amount, Long.MAX_VALUE / 1000);
    }

    @Override
    public AutoCloseable follow(Runnable onEvent, Runnable onEnd) {
        return ask("Follow the events", () -> streams.eventsCmd()
                .withEventTypeFilter(EventType.CONTAINER)
                .exec(new EventCallback(onEvent, onEnd)));
    }

    private void act(String doing, String id, Runnable effect) {
        try {
            effect.run();
        } catch (NotModifiedException already) {
            LOG.debug("nothing to do doing=\"{}\" container={}", doing, id);
        } catch (RuntimeException failure) {
            throw failures.classified("%s %s".formatted(doing, id.substring(0, Math.min(12, id.length()))), failure);
        }
    }

    private <T> T ask(String doing, Supplier<T> question) {
        try {
            return question.get();
        } catch (RuntimeException failure) {
            throw failures.classified(doing, failure);
        }
    }

    @Override
    public void close() {
        for (DockerClient client : List.of(quick, patient, streams)) {
            try {
                client.close();
            } catch (IOException failed) {
                LOG.debug("closing the connection failed server={}", failures.server(), failed);
            }
        }
    }

    /** Tells that something happened, and once that nothing more will. */
    private static final class EventCallback extends QuietCallback<Event> {

        private final Runnable onEvent;
        private final Runnable onEnd;

        EventCallback(Runnable onEvent, Runnable onEnd) {
            this.onEvent = onEvent;
            this.onEnd = onEnd;
        }

        @Override
        public void onNext(Event event) {
            onEvent.run();
        }

        @Override
        public void onError(Throwable failure) {
            LOG.debug("event stream failed", failure);
            super.onError(failure);
            onEnd.run();
        }

        @Override
        public void onComplete() {
            onEnd.run();
            super.onComplete();
        }
    }
}
