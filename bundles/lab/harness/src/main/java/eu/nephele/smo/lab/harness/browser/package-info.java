// SPDX-License-Identifier: Apache-2.0
/** A browser of this machine, for tests and measurements of web pages. */
@NullMarked
package eu.nephele.smo.lab.harness.browser;

import org.jspecify.annotations.NullMarked;
