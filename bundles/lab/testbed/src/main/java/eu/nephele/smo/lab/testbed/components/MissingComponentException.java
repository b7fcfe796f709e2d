// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.components;

/** A component is missing on this machine; the message says how to get it. */
public final class MissingComponentException extends Exception {

    private static final long serialVersionUID = 1;

    private final String component;

    public MissingComponentException(String component, String remedy) {
        super("ABSENT %s: %s".formatted(component, remedy));
        this.component = component;
    }

    public String component() {
        return component;
    }
}
