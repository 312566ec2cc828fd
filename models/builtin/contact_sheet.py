"""Films and their captions -> one picture: a row of six pictures each, the caption below it."""

import numpy as np
from PIL import Image, ImageDraw, ImageFont

PICTURE_COUNT, ROW_HEIGHT_PX = 6, 128
TEXT_HEIGHT_PX, FONT_PX, MARGIN_PX = 22, 14, 6


def contact_sheet(films, captions):
    """Films uint8 [T, H, W, 3], equally long and large -> an RGB image."""
    pictures = [film_strip(film) for film in films]
    row_px = ROW_HEIGHT_PX + TEXT_HEIGHT_PX
    sheet = Image.new('RGB', (pictures[0].width, row_px * len(pictures)), 'white')
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(FONT_PX)
    for row, (picture, caption) in enumerate(zip(pictures, captions, strict=True)):
        sheet.paste(picture, (0, row * row_px))
        middle = row * row_px + ROW_HEIGHT_PX + TEXT_HEIGHT_PX / 2
        draw.text((MARGIN_PX, middle), caption, fill='black', font=font, anchor='lm')
    return sheet


def film_strip(film):
    """Six pictures spread over a film, side by side."""
    chosen = np.linspace(0, len(film) - 1, PICTURE_COUNT).round().astype(int)
    strip = Image.fromarray(np.concatenate(film[chosen], 1))
    width = round(strip.width * ROW_HEIGHT_PX / strip.height)
    return strip.resize((width, ROW_HEIGHT_PX), Image.Resampling.LANCZOS)
