/** What the in-memory engine shows of a file: a wheel for every picture, a short offer for every PDF. */
import type { AttachmentView } from '../bindings/AttachmentView';
import type { PreviewView } from '../bindings/PreviewView';

const WHEEL = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAGAAAAA8CAIAAAAWtijjAAABPElEQVR42u3XwQ3CMAyFYc/JiQkYsWcmYICKQbhxaYmSNH52wi/5RnDiL5bq2Ou9E4UwCAACCCCAAAIIIIAIgAACCCCATuJ2f/yKvwYquOSRsvw0sUyWhOb64hWAuksNNLIonZAMeYEGFiY2srl09EY2nY7YyGbUURqJgCbN7wskuGHBFpakfboHwlmB6uu8+LzwbiKLbZ9CeR1GqwE1vcWWAhpY2BDovEBDrj22iYKBmhICBBBAAAHEV4w5iEl6KND23Dzie+jKZceVhZ/69uoLd6Amo9MYtVEuoNaL7aARtI8IyO/0gi0cgQTX651fB+RRg6B93IH8ytDoKIA8ipHpiIDGlqTU0QEdP+QhGVIDnQ473n+cDKgwN19fvAhQ5fMiA00kUAdT1CEjgWqkws+WAihzAAQQQABFxgd65KzkvOEpzgAAAABJRU5ErkJggg==';
const OFFER = 'Angebot 2026-311\n\n12 Laufräder „Frosch“, je 129,00 €\nGlocke und Ständer inbegriffen\n\nSumme: 1.548,00 €\nLieferzeit: eine Woche';

export function fakePreview(file: AttachmentView | undefined): PreviewView {
  const none = { picture: null, text: null, cut: false, why: '' };
  if (file?.type.startsWith('image/')) return { ...none, picture: WHEEL };
  if (file?.type !== 'application/pdf') return { ...none, why: 'other_kind' };
  return file.name.startsWith('Scan') ? { ...none, why: 'no_text' } : { ...none, text: OFFER };
}
