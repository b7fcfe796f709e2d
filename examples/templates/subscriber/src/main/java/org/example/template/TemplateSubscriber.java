package org.example.template;

import eu.nephele.smo.api.event.EventSubscriber;
import eu.nephele.smo.api.event.SmoEvent;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.LoggerFactory;

/** Writes events of graphs into the log of the server. Its name lets it miss no event during its absence. */
@Component(
        property = {
            EventSubscriber.TYPES + "=hdag.*",
            EventSubscriber.TYPES + "=service.moved",
            EventSubscriber.NAME + "=template-name"
        })
public final class TemplateSubscriber implements EventSubscriber {

    private final Consumer<String> lines;

    @Activate
    public TemplateSubscriber() {
        this(LoggerFactory.getLogger(TemplateSubscriber.class)::info);
    }

    TemplateSubscriber(Consumer<String> lines) {
        this.lines = lines;
    }

    /** The reaction, yours to change. After an exception the same event comes again after a pause. */
    @Override
    public void on(SmoEvent event) {
        lines.accept("%d %s %s"
                .formatted(
                        event.sequence(),
                        event.type(),
                        event.graph().map(Object::toString).orElse("-")));
    }
}
