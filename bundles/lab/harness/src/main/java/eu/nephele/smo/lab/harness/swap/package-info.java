// SPDX-License-Identifier: Apache-2.0
/** Measures waits of decisions when plugins change, and checks for lost and mixed decisions and leaks. */
package eu.nephele.smo.lab.harness.swap;
