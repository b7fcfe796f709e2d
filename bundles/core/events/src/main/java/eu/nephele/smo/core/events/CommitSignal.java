// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events;

import eu.nephele.smo.core.contract.event.CommitListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Notified by the store after a commit of events. A component of its own, because the bus needs the store and the store
 * needs this.
 */
@Component(service = {CommitListener.class, CommitSignal.class})
public final class CommitSignal implements CommitListener {

    private final Wakeup wakeup = new Wakeup();

    @Activate
    public CommitSignal() {}

    @Override
    public void committed() {
        wakeup.signal();
    }

    Wakeup wakeup() {
        return wakeup;
    }
}
